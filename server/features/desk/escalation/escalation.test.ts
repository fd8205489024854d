import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../../test/harness/desk.ts'
import { countTickets } from '../counts.ts'
import { getTicket } from '../get.ts'
import { listTickets } from '../list.ts'
import { moveTicket } from '../move.ts'
import { noteTicket } from '../note.ts'
import { openByHand } from '../open.ts'
import { reopenTicket } from '../reopen.ts'
import { resolveTicket } from '../resolve.ts'
import { readTicketTimeline } from '../timeline.ts'
import { acceptEscalation, takeBackAcceptance } from './accept.ts'
import { readPacketDraft } from './draft.ts'
import { escalateTicket } from './escalate.ts'
import { readEscalations } from './read.ts'
import { sendBackEscalation, takeBackReturn } from './send-back.ts'
import { withdrawEscalation } from './withdraw.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
})
afterAll(() => house.close())

type Who = keyof DeskHouse['cast']['actors']
const actor = (who: Who) => house.cast.actors[who]
const packet = {
  seen: 'Blotter without prices',
  since: '2026-11-23T06:51:00Z',
  hurt: '37 traders',
  tried: 'Restarted the gateway, no effect',
  evidence: '06:51:02 ORA-01555: snapshot too old',
}
const opened = async (more: object = {}) =>
  (
    await house.execute(openByHand, actor('laurent'), {
      title: 'No prices',
      serviceId: house.cast.orders.id,
      ...more,
    })
  ).ticket
const escalate = (id: string, more: object = {}, who: Who = 'priya') =>
  house.execute(escalateTicket, actor(who), { id, teamId: house.cast.dba.id, page: false, ...packet, ...more })
const get = (id: string, who: Who = 'priya') => house.ask(getTicket, actor(who), { id })
const of = (id: string) => house.ask(readEscalations, actor('priya'), { id })
const told = (subject: string) =>
  house.platform.db
    .selectFrom('deliveries')
    .select(['user_id', 'message', 'class'])
    .where('subject', '=', subject)
    .execute()

describe('escalating', () => {
  it('leaves the ticket with its team, stands in the queue of the other as not accepted, and names the sender', async () => {
    const { id, number } = await opened()
    const { undo } = await escalate(id)
    expect(undo).toEqual({ act: 'withdrawEscalation', input: { id } })
    expect(await get(id)).toMatchObject({
      team: { name: 'L2 markets' },
      assignee: { name: 'Priya Nair' },
      escalatedTo: { name: 'DBA' },
      state: 'in_progress',
    })
    const lists = async (who: Who, view: 'team' | 'escalated') =>
      (await house.ask(listTickets, actor(who), { view })).items.map((t) => t.number)
    expect(await lists('tom', 'team')).toContain(number)
    expect(await lists('tom', 'escalated')).toContain(number)
    expect(await lists('priya', 'team')).toContain(number)
    expect(await lists('priya', 'escalated')).not.toContain(number)
    expect((await house.ask(countTickets, actor('tom'), {})).escalated).toBeGreaterThan(0)
    expect(await of(id)).toMatchObject({
      accountable: { name: 'L2 markets' },
      sentBack: 0,
      items: [{ state: 'pending', round: 1, packet, from: { name: 'Priya Nair' }, to: { name: 'DBA' } }],
    })
  })

  it.each(['seen', 'hurt', 'tried', 'evidence'])('is refused without %s, in a sentence that names it', async (part) => {
    const { id } = await opened()
    await expect(escalate(id, { [part]: '  ' })).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ field: part, problem: expect.stringMatching(/^must /) }],
    })
  })

  it('is refused to its own team, to nobody, with a time to come, and twice at once', async () => {
    const { id } = await opened()
    await expect(escalate(id, { teamId: house.cast.markets.id })).rejects.toThrow(/is with L2 markets already/)
    await expect(escalate(id, { teamId: crypto.randomUUID() })).rejects.toThrow(/teamId: there is no such team/)
    await expect(escalate(id, { since: '2026-11-24T06:51:00Z' })).rejects.toThrow('since: must not be in the future')
    const both = await Promise.allSettled([escalate(id), escalate(id, {}, 'lena')])
    expect(both.filter((b) => b.status === 'fulfilled')).toHaveLength(1)
    const [lost] = both.filter((b) => b.status === 'rejected')
    expect(String(lost?.reason)).toMatch(/is escalated and not accepted yet.* escalated it at/)
    await expect(house.execute(moveTicket, actor('priya'), { id, teamId: house.cast.dba.id })).rejects.toThrow(
      /Take the escalation back first/,
    )
  })

  it('pages the team by its own policy, never by that of the service, and says when there is none', async () => {
    const description = 'Everything beyond June is flat'
    const { id } = await opened({ environment: 'prod', description })
    const { number } = await get(id)
    await escalate(id, { page: true })
    expect((await of(id)).items[0]?.paged).toBe('There is no escalation policy for DBA. Give it one under On-call.')
    // Newest first: what was done is read before what followed from it.
    const story = (await house.ask(readTicketTimeline, actor('priya'), { id })).items.map((e) => e.type)
    expect(story.slice(0, 3)).toEqual(['page.nobody', 'page.done', 'ticket.escalated'])
    const { db } = house.platform
    const at = { created_at: house.clock.now(), updated_at: house.clock.now() }
    const steps = JSON.stringify([{ delayMinutes: 0, targets: [{ kind: 'user', id: house.cast.tom.id }] }])
    const policy = crypto.randomUUID()
    await db
      .insertInto('escalation_policies')
      .values({ id: policy, slug: 'dba', name: 'Databases', team_id: house.cast.dba.id, steps, ...at })
      .execute()
    await house.execute(withdrawEscalation, actor('priya'), { id })
    await escalate(id, { page: true, seen: `No prices\n\n${description}` })
    expect((await of(id)).items[0]?.paged).toBe('By the escalation policy Databases.')
    const { pages } = await get(id)
    const mails = await told(`page:${pages[0]?.id}`)
    expect(mails.map((m) => m.user_id)).toEqual([house.cast.tom.id])
    const words = JSON.stringify(mails[0]?.message)
    expect(words).toContain('Escalated to DBA by Priya Nair, to be accepted or sent back.')
    expect(words).toContain(`Tried: ${packet.tried}`)
    expect(words.split(description)).toHaveLength(2)
    await house.execute(acceptEscalation, actor('tom'), { id })
    expect((await get(id)).pages[0]).toMatchObject({ state: 'done' })
    await db
      .updateTable('escalation_policies')
      .set({ archived_at: house.clock.now() })
      .where('id', '=', policy)
      .execute()
    expect(number).toMatch(/^INC-/)
  })
})

describe('accepting', () => {
  it('moves ownership to the team and whoever took it; the requester learns who looks at it, and nothing before', async () => {
    const { id } = await opened()
    await escalate(id)
    await house.execute(noteTicket, actor('priya'), { id, body: 'They are slow' })
    const reads = async (who: Who) =>
      (await house.ask(readTicketTimeline, actor(who), { id })).items.map((e) => e.text).join('\n')
    expect(await reads('laurent')).not.toMatch(/DBA|escalat|packet|slow/)
    expect(await get(id, 'laurent')).toMatchObject({ escalatedTo: null, team: { name: 'L2 markets' } })
    expect(JSON.stringify((await get(id, 'laurent')).can)).not.toMatch(/not accepted yet|does not wait/)
    await house.execute(acceptEscalation, actor('tom'), { id })
    expect(await get(id)).toMatchObject({ team: { name: 'DBA' }, assignee: { name: 'Tom Marsh' }, escalatedTo: null })
    expect(await reads('laurent')).toMatch(/^It is looked at by DBA now\.$/m)
    expect(await reads('laurent')).not.toMatch(/escalat|packet|slow/)
    expect(await reads('priya')).toMatch(/Tom Marsh accepted it for DBA\./)
    expect(await of(id)).toMatchObject({ items: [{ state: 'accepted', decided: { name: 'Tom Marsh' } }] })
  })

  it('is for members of the team alone; a key names who takes it', async () => {
    const { id } = await opened()
    await escalate(id)
    await expect(house.execute(acceptEscalation, actor('priya'), { id })).rejects.toThrow(
      'Only members of DBA can accept it.',
    )
    await expect(house.execute(acceptEscalation, actor('key'), { id })).rejects.toThrow(/assigneeId: must name/)
    await expect(
      house.execute(acceptEscalation, actor('tom'), { id, assigneeId: house.cast.priya.id }),
    ).rejects.toThrow(/Priya Nair is not a member of DBA/)
    await house.execute(acceptEscalation, actor('key'), { id, assigneeId: house.cast.tom.id })
    expect(await get(id)).toMatchObject({ assignee: { name: 'Tom Marsh' } })
  })

  it('by two at once: the second is told who did', async () => {
    const { id } = await opened()
    await escalate(id)
    const both = await Promise.allSettled([
      house.execute(acceptEscalation, actor('tom'), { id }),
      house.execute(acceptEscalation, actor('key'), { id, assigneeId: house.cast.tom.id }),
    ])
    expect(both.map((b) => b.status).sort()).toEqual(['fulfilled', 'rejected'])
    const [lost] = both.filter((b) => b.status === 'rejected')
    expect(lost?.reason).toMatchObject({ code: 'conflict', message: expect.stringMatching(/accepted it at/) })
  })

  it('while it is being sent back: one of the two happens, and the other is told', async () => {
    const { id } = await opened()
    await escalate(id)
    const both = await Promise.allSettled([
      house.execute(acceptEscalation, actor('tom'), { id }),
      house.execute(sendBackEscalation, actor('key'), { id, reason: 'Which database?' }),
    ])
    expect(both.map((b) => b.status).sort()).toEqual(['fulfilled', 'rejected'])
    const seen = await get(id)
    const [last] = (await of(id)).items
    expect(seen.escalatedTo).toBeNull()
    expect(seen.team?.name).toBe(last?.state === 'accepted' ? 'DBA' : 'L2 markets')
  })

  it('can be taken back, and done again by the undo of that', async () => {
    const { id } = await opened()
    await escalate(id)
    const { undo } = await house.execute(acceptEscalation, actor('tom'), { id })
    expect(undo?.act).toBe('takeBackAcceptance')
    await house.execute(takeBackAcceptance, actor('tom'), { id })
    expect(await get(id)).toMatchObject({
      team: { name: 'L2 markets' },
      assignee: { name: 'Priya Nair' },
      escalatedTo: { name: 'DBA' },
    })
    await house.execute(acceptEscalation, actor('tom'), { id })
    await house.execute(moveTicket, actor('tom'), { id, teamId: house.cast.markets.id })
    await expect(house.execute(takeBackAcceptance, actor('tom'), { id })).rejects.toThrow(/went on to another team/)
  })
})

describe('sending back', () => {
  it('returns it to the sender, who is told why; an amended packet is a new version, and the old one stays', async () => {
    const { id } = await opened()
    await escalate(id)
    await house.execute(sendBackEscalation, actor('tom'), { id, reason: 'Which database is it?' })
    expect(await get(id)).toMatchObject({
      team: { name: 'L2 markets' },
      assignee: { name: 'Priya Nair' },
      escalatedTo: null,
    })
    const [mail] = await told(`ticket:${id}`)
    expect(mail).toMatchObject({ user_id: house.cast.priya.id, class: 'conversation' })
    expect(JSON.stringify(mail?.message)).toContain('sent your escalation back: Which database is it?')
    expect(await house.ask(readPacketDraft, actor('priya'), { id })).toMatchObject({
      tried: packet.tried,
      teamId: house.cast.dba.id,
      reason: 'Which database is it?',
    })
    await escalate(id, { seen: 'Blotter without prices, database PRD7' })
    const { items, sentBack } = await of(id)
    expect(sentBack).toBe(1)
    expect(items).toMatchObject([
      { round: 2, state: 'pending', packet: { seen: 'Blotter without prices, database PRD7' } },
      { round: 1, state: 'returned', reason: 'Which database is it?', packet },
    ])
    await house.execute(sendBackEscalation, actor('tom'), { id, reason: 'Slip' })
    await house.execute(takeBackReturn, actor('tom'), { id })
    expect(await of(id)).toMatchObject({ sentBack: 1, items: [{ state: 'pending' }, {}] })
  })

  it('goes on to the next team from the packet that was accepted, with what was tried since', async () => {
    const { id } = await opened()
    await house.execute(noteTicket, actor('priya'), { id, body: 'Left out on purpose' })
    await escalate(id)
    await house.advance({ minutes: 1 })
    await house.execute(acceptEscalation, actor('tom'), { id })
    await house.execute(noteTicket, actor('tom'), { id, body: 'Undo is large enough' })
    const draft = await house.ask(readPacketDraft, actor('tom'), { id })
    const tried = `${packet.tried}\n\nTom Marsh: Undo is large enough`
    expect(draft).toMatchObject({ ...packet, since: Temporal.Instant.from(packet.since), tried, teamId: null })
    await escalate(id, { teamId: house.cast.markets.id }, 'tom')
    const [newest] = (await house.ask(readTicketTimeline, actor('tom'), { id })).items
    expect(newest?.text).toMatch(/^Tom Marsh escalated it to L2 markets with a packet/)
  })

  it('when the sender has left: the ticket is in the queue of his team, whose people are told', async () => {
    const { id } = await opened()
    const { db } = house.platform
    const gone = crypto.randomUUID()
    const at = { created_at: house.clock.now(), updated_at: house.clock.now() }
    await db
      .insertInto('users')
      .values({
        id: gone,
        name: 'Gone Girl',
        email: 'gone@example.com',
        email_verified: true,
        role: 'responder',
        ...at,
      })
      .execute()
    await db
      .insertInto('team_members')
      .values({ team_id: house.cast.markets.id, user_id: gone, role: 'responder' })
      .execute()
    const them = { kind: 'user' as const, id: gone, name: 'Gone Girl', role: 'responder' as const, teams: [] }
    await house.execute(escalateTicket, them, { id, teamId: house.cast.dba.id, page: false, ...packet })
    expect(await get(id)).toMatchObject({ assignee: { name: 'Gone Girl' } })
    await db.updateTable('users').set({ disabled_at: house.clock.now() }).where('id', '=', gone).execute()
    await house.execute(sendBackEscalation, actor('tom'), { id, reason: 'Not a database' })
    expect(await get(id)).toMatchObject({ assignee: null, team: { name: 'L2 markets' } })
    expect((await told(`ticket:${id}`)).map((d) => d.user_id)).toEqual([house.cast.priya.id])
  })

  it('asks for a reason, and for a member of the team', async () => {
    const { id } = await opened()
    await escalate(id)
    await expect(house.execute(sendBackEscalation, actor('tom'), { id, reason: ' ' })).rejects.toThrow(/^reason: /)
    await expect(house.execute(sendBackEscalation, actor('priya'), { id, reason: 'x' })).rejects.toThrow(
      /Only members of DBA/,
    )
  })
})

describe('an escalation that is not wanted any more', () => {
  it('is taken back by its sender: all is as it was, and the undo sends the same packet', async () => {
    const { id } = await opened()
    await escalate(id)
    await expect(house.execute(withdrawEscalation, actor('tom'), { id })).rejects.toThrow(/Only who sent it/)
    const { undo } = await house.execute(withdrawEscalation, actor('priya'), { id })
    expect(await get(id)).toMatchObject({ assignee: null, state: 'new', escalatedTo: null })
    expect(undo).toMatchObject({ act: 'escalate', input: { id, ...packet } })
    await house.execute(escalateTicket, actor('priya'), undo?.input as never)
    expect(await of(id)).toMatchObject({ items: [{ state: 'pending', round: 2 }, { state: 'withdrawn' }] })
  })

  it('ends with the ticket; a slip that is taken back restores it, a later reopening does not', async () => {
    const { id } = await opened()
    await escalate(id)
    const resolve = () => house.execute(resolveTicket, actor('priya'), { id, resolution: 'Restarted' })
    await resolve()
    expect(await of(id)).toMatchObject({ items: [{ state: 'lapsed' }] })
    await house.execute(reopenTicket, actor('priya'), { id })
    expect(await get(id)).toMatchObject({ escalatedTo: { name: 'DBA' } })
    await resolve()
    await house.advance({ minutes: 5 })
    await house.execute(reopenTicket, actor('laurent'), { id, reason: 'Not solved' })
    expect(await get(id)).toMatchObject({ escalatedTo: null, state: 'in_progress' })
  })
})
