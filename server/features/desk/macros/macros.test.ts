import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../../test/harness/desk.ts'
import { getTicket } from '../get.ts'
import { noteTicket } from '../note.ts'
import { openByHand } from '../open.ts'
import { readTicketTimeline } from '../timeline.ts'
import { filledReplies } from './filled.ts'
import { changeMacro, createMacro, deleteMacro } from './manage.ts'
import { changeReply, createReply } from './manage-replies.ts'
import { runMacro, undoMacro } from './run.ts'
import { listReplies } from './views.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
})
afterAll(() => house.close())

type Who = keyof DeskHouse['cast']['actors']
const actor = (who: Who) => house.cast.actors[who]
const admin = () => ({ ...house.cast.actors.lena, role: 'admin' as const })
const lead = () => ({
  ...house.cast.actors.lena,
  role: 'responder' as const,
  teams: [{ id: house.cast.dba.id, role: 'lead' as const }],
})
let count = 0
const macro = (acts: object[], teamId: string | null = null) =>
  house.execute(createMacro, admin(), { teamId, name: `Macro ${++count}`, acts: acts as never })
const opened = async () =>
  (await house.execute(openByHand, actor('laurent'), { title: 'No {{me.name}}', serviceId: house.cast.orders.id }))
    .ticket
const get = (id: string) => house.ask(getTicket, actor('priya'), { id })

describe('a macro', () => {
  it('does its acts as one, with fields filled in, and is taken back as one; what was written stays', async () => {
    const { id, number } = await opened()
    const before = await get(id)
    const { id: macroId, sentences } = await macro([
      { act: 'change', impact: 'low', urgency: 'low' },
      { act: 'move', teamId: house.cast.dba.id },
      { act: 'assign', userId: house.cast.tom.id },
      {
        act: 'reply',
        body: 'Hello {{requester.firstName}}, {{ticket.number}} "{{ticket.title}}" is with {{team.name}}.',
      },
      { act: 'pend', reason: 'user', minutes: 60 },
    ])
    expect(sentences).toEqual([
      'impact low, urgency low',
      'move it to DBA',
      'give it to Tom Marsh',
      expect.stringMatching(/^reply: Hello/),
      'let it wait for the requester, 1 h',
    ])
    const { undo } = await house.execute(runMacro, actor('priya'), { id, macroId }, { expected: before.version })
    const after = await get(id)
    expect(after).toMatchObject({
      priority: 5,
      team: { name: 'DBA' },
      assignee: { name: 'Tom Marsh' },
      state: 'pending',
    })
    expect(after.messages.at(-1)?.body).toBe(`Hello M. Laurent, ${number} "No {{me.name}}" is with DBA.`)
    await house.execute(undoMacro, actor('priya'), undo?.input as never)
    expect(await get(id)).toMatchObject({
      priority: before.priority,
      team: before.team,
      assignee: null,
      messages: [{ kind: 'public' }],
    })
    await expect(house.execute(undoMacro, actor('priya'), undo?.input as never)).rejects.toThrow(/taken back already/)
    const { items } = await house.ask(readTicketTimeline, actor('priya'), { id })
    expect(items.map((e) => e.text)).toContainEqual(expect.stringMatching(/^Priya Nair ran the macro Macro/))
    const seen = await house.ask(readTicketTimeline, actor('laurent'), { id })
    expect(seen.items.map((e) => e.text).join()).not.toMatch(/macro/i)
  })

  it('does nothing when one of its acts cannot be done, and says which', async () => {
    const { id } = await opened()
    const { id: macroId } = await macro([{ act: 'note', body: 'Seen' }, { act: 'resume' }])
    await expect(house.execute(runMacro, actor('priya'), { id, macroId })).rejects.toThrow(
      /act 2 \(go on with it\): .*cannot be resumed.* Nothing of the macro was done\.$/,
    )
    expect((await get(id)).messages).toEqual([])
  })

  it('that names somebody who has left, or a team that is archived, says so and does nothing', async () => {
    const { id } = await opened()
    const { db } = house.platform
    const give = await macro([
      { act: 'note', body: 'Seen' },
      { act: 'assign', userId: house.cast.tom.id },
    ])
    const move = await macro([{ act: 'move', teamId: house.cast.dba.id }])
    const gone = async (at: Temporal.Instant | null) => {
      await db.updateTable('users').set({ disabled_at: at }).where('id', '=', house.cast.tom.id).execute()
      await db.updateTable('teams').set({ archived_at: at }).where('id', '=', house.cast.dba.id).execute()
    }
    await gone(house.clock.now())
    const run = (macroId: string) => house.execute(runMacro, actor('priya'), { id, macroId })
    await expect(run(give.id)).rejects.toThrow(
      /act 2 \(give it to Tom Marsh\): .*Tom Marsh has been disabled; choose somebody else\.? Nothing of the macro was done\.$/,
    )
    await expect(run(move.id)).rejects.toThrow(/act 1 \(move it to DBA\): .*DBA is archived/)
    await gone(null)
    expect((await get(id)).messages).toEqual([])
  })

  it('is one of ten thousand without a list growing slow: a page is read in the order of its index', async () => {
    const { db } = house.platform
    await sql`insert into macros (id, team_id, name, acts, created_at, updated_at)
      select gen_random_uuid(), ${house.cast.dba.id}::uuid, 'Many ' || i, '[{"act":"take"}]', now(), now()
      from generate_series(1, 10000) i`.execute(db)
    const page = (await house.as('priya')('GET', '/macros?limit=50')).body
    expect(page.items).toHaveLength(50)
    const second = (await house.as('priya')('GET', `/macros?limit=50&cursor=${page.next}`)).body
    expect(second.items[0].name > page.items[49].name).toBe(true)
    expect((await house.as('priya')('GET', '/macros?mine=true&limit=50')).body.items.length).toBeLessThan(50)
    await sql`analyze macros`.execute(db)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select * from macros m
      where (lower(m.name), m.id) > ('many 5', ${crypto.randomUUID()}::uuid) order by lower(m.name), m.id limit 51`.execute(
      db,
    )
    expect(JSON.stringify(rows)).toMatch(/Index Scan using macros_by_name/)
    await sql`delete from macros where name like 'Many %'`.execute(db)
  })

  it('is not taken back over what happened since', async () => {
    const { id } = await opened()
    const { id: macroId } = await macro([{ act: 'take' }])
    const { undo } = await house.execute(runMacro, actor('priya'), { id, macroId })
    await house.execute(noteTicket, actor('tom'), { id, body: 'I look as well' })
    await expect(house.execute(undoMacro, actor('priya'), undo?.input as never)).rejects.toThrow(/has changed since/)
  })

  it.each([
    [
      'an unknown field',
      { act: 'reply', body: 'Hi {{requester.frist}}' },
      /\{\{requester\.frist\}\}, which does not exist/,
    ],
    [
      'a person who is not there',
      { act: 'assign', userId: crypto.randomUUID() },
      /acts\.0\.userId: there is no such person/,
    ],
    [
      'a team that is not there',
      { act: 'move', teamId: crypto.randomUUID() },
      /acts\.0\.teamId: there is no such team/,
    ],
    ['a change of nothing', { act: 'change' }, /must set the impact/],
    ['waiting for a time without one', { act: 'pend', reason: 'scheduled' }, /must say for how long/],
    ['an unknown act', { act: 'explode' }, /acts/],
  ])('with %s is refused when it is saved', async (_, act, problem) => {
    await expect(macro([act])).rejects.toThrow(problem)
  })

  it('is written by leads for their team and by administrators for all; names are used once', async () => {
    const acts = [{ act: 'take' as const }]
    const own = await house.execute(createMacro, lead(), { teamId: house.cast.dba.id, name: 'Ours', acts })
    for (const teamId of [null, house.cast.markets.id])
      await expect(house.execute(createMacro, lead(), { teamId, name: 'Not ours', acts })).rejects.toMatchObject({
        code: 'forbidden',
      })
    const twice = await Promise.allSettled(
      ['Both', 'both'].map((name) => house.execute(createMacro, lead(), { teamId: house.cast.dba.id, name, acts })),
    )
    expect(twice.map((t) => t.status).sort()).toEqual(['fulfilled', 'rejected'])
    const lists = async (who: Who): Promise<string[]> =>
      (await house.as(who)('GET', '/macros?mine=true')).body.items.map((m: { name: string }) => m.name)
    expect(await lists('tom')).toContain('Ours')
    expect(await lists('priya')).not.toContain('Ours')
    await expect(
      house.execute(changeMacro, lead(), { id: own.id, name: 'Mine' }, { expected: 9 }),
    ).rejects.toMatchObject({ code: 'stale' })
    expect(await house.execute(changeMacro, lead(), { id: own.id, name: 'Mine' })).toMatchObject({ version: 2 })
    await house.execute(deleteMacro, lead(), { id: own.id })
    await expect(house.execute(deleteMacro, lead(), { id: own.id })).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a canned reply', () => {
  it('is offered filled in, to whom it is for', async () => {
    const { id, number } = await opened()
    const given = { teamId: house.cast.dba.id, name: 'Ask for the database' }
    const made = await house.execute(createReply, lead(), {
      ...given,
      body: '{{ticket.number}}: which one? {{me.firstName}}',
    })
    expect((await house.ask(filledReplies, actor('tom'), { id })).items).toMatchObject([
      { name: 'Ask for the database', body: `${number}: which one? Tom` },
    ])
    expect((await house.ask(filledReplies, actor('priya'), { id })).items).toEqual([])
    const found = async (search: string) => (await house.ask(filledReplies, actor('tom'), { id, search })).items.length
    expect([await found('the DATA'), await found('which one'), await found('w%o')]).toEqual([1, 1, 0])
    expect((await house.ask(filledReplies, actor('priya'), { id, search: 'which' })).items).toEqual([])
    await expect(house.execute(changeReply, lead(), { id: made.id, body: '{{x}}' })).rejects.toThrow(/does not exist/)
    expect((await house.ask(listReplies, actor('priya'), {})).items).toMatchObject([{ mayChange: false }])
  })
})
