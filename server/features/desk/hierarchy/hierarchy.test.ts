import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DeskHouse, deskHouse } from '../../../../test/harness/desk.ts'
import { takeIt } from '../assign.ts'
import { acceptEscalation } from '../escalation/accept.ts'
import { escalateTicket } from '../escalation/escalate.ts'
import { openByHand } from '../open.ts'
import { resolveTicket } from '../resolve.ts'
import { readTicketTimeline } from '../timeline.ts'
import { escalateUp } from './by-hand.ts'
import { readHierarchy, removeHierarchy, setHierarchy } from './settings.ts'

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
  const { db } = house.platform
  await db
    .insertInto('team_members')
    .values({ team_id: house.cast.markets.id, user_id: house.cast.lena.id, role: 'lead' })
    .execute()
})
afterAll(() => house.close())

type Who = keyof DeskHouse['cast']['actors']
const actor = (who: Who) => house.cast.actors[who]
const boss = () => ({ ...house.cast.actors.lena, id: house.cast.tom.id, role: 'admin' as const })
const opened = async (impact: 'high' | 'low' = 'high') =>
  (
    await house.execute(openByHand, actor('priya'), {
      title: 'No prices',
      serviceId: house.cast.orders.id,
      impact,
      urgency: impact,
    })
  ).ticket
const told = async (id: string) => {
  const rows = await house.platform.db
    .selectFrom('deliveries as d')
    .innerJoin('users as u', 'u.id', 'd.user_id')
    .select(['u.name', 'd.message'])
    .where('d.subject', '=', `ticket:${id}`)
    .orderBy('d.created_at')
    .execute()
  return rows.map((r) => `${r.name}: ${(r.message as { lines: string[] }).lines[0]}`)
}
const story = async (id: string) =>
  (await house.ask(readTicketTimeline, actor('priya'), { id })).items.map((e) => e.text).toReversed()

describe('by the clock', () => {
  it('a P1 that nobody takes: its lead is told after 15 minutes, once, and then the manager', async () => {
    await house.execute(setHierarchy, boss(), {
      teamId: null,
      managerIds: [house.cast.tom.id],
      rules: [
        { when: 'not_taken', priority: 1, minutes: 15, tell: 'leads' },
        { when: 'not_taken', priority: 1, minutes: 30, tell: 'managers' },
        { when: 'not_accepted', priority: 5, minutes: 20, tell: 'leads' },
      ],
    })
    const { id } = await opened()
    await house.advance({ minutes: 14 })
    expect(await told(id)).toEqual([])
    await house.advance({ minutes: 2 })
    const first = 'Lena Sommer: P1, and nobody has taken it for 15 min.'
    expect(await told(id)).toEqual([first])
    await house.advance({ minutes: 60 })
    expect(await told(id)).toEqual([first, 'Tom Marsh: P1, and nobody has taken it for 30 min.'])
    expect(await story(id)).toContain(
      'P1, and nobody has taken it for 15 min. Lena Sommer (leads of L2 markets) was told.',
    )
  })

  it('nobody is told of what was taken, or is over', async () => {
    const [taken, over] = [await opened(), await opened()]
    await house.advance({ minutes: 5 })
    await house.execute(takeIt, actor('priya'), { id: taken.id })
    await house.execute(resolveTicket, actor('key'), { id: over.id, resolution: 'Gone' })
    await house.advance({ minutes: 60 })
    expect([await told(taken.id), await told(over.id)]).toEqual([[], []])
  })

  it('an escalation that nobody accepts: the receivers’ lead; where a team has none, its managers', async () => {
    const { id } = await opened('low')
    const packet = { seen: 'x', since: house.clock.now().toString(), hurt: 'x', tried: 'x', evidence: 'x' }
    const escalate = () =>
      house.execute(escalateTicket, actor('priya'), { id, teamId: house.cast.dba.id, page: false, ...packet })
    await escalate()
    await house.advance({ minutes: 21 })
    expect(await told(id)).toEqual(['Tom Marsh: It was escalated to DBA and has not been accepted for 20 min.'])
    await house.execute(acceptEscalation, actor('tom'), { id })
    await house.advance({ minutes: 60 })
    expect(await told(id)).toHaveLength(1)
  })

  it('other rules are for open tickets as well, and a team may have its own', async () => {
    const { id } = await opened()
    await house.execute(setHierarchy, boss(), {
      teamId: house.cast.markets.id,
      managerIds: [],
      rules: [{ when: 'resolution', priority: 5, percent: 80, tell: 'leads' }],
    })
    const mine = async () =>
      (await house.ask(readHierarchy, boss(), {})).items.find((i) => i.team?.id === house.cast.markets.id)
    expect(await mine()).toMatchObject({ own: true, rules: [{ percent: 80 }], version: 1 })
    await house.jump({ hours: 8 })
    expect(await told(id)).toEqual(['Lena Sommer: 80 % of the time to resolve it are used.'])
    await house.execute(removeHierarchy, boss(), { teamId: house.cast.markets.id })
    expect(await mine()).toMatchObject({ own: false, version: 0 })
  })
})

describe('by hand', () => {
  it('tells the leads why; whoever asks is not told himself, and nobody to tell is said', async () => {
    const { id } = await opened('low')
    await house.execute(escalateUp, actor('priya'), { id, reason: 'The desk head calls.' })
    expect(await told(id)).toEqual(['Lena Sommer: Priya Nair: The desk head calls.'])
    expect((await story(id)).at(-1)).toBe(
      'Priya Nair escalated it to Lena Sommer (leads of L2 markets): The desk head calls.',
    )
    await expect(house.execute(escalateUp, actor('lena'), { id, reason: 'Me' })).rejects.toThrow(
      /^to: L2 markets has no leads but you/,
    )
  })
})

describe('the rules', () => {
  it('are set by leads of a team for it, and by administrators for all', async () => {
    const lead = { ...actor('lena'), role: 'responder', teams: [{ id: house.cast.markets.id, role: 'lead' }] } as never
    const given = { managerIds: [], rules: [] }
    await house.execute(setHierarchy, lead, { teamId: house.cast.markets.id, ...given })
    for (const teamId of [null, house.cast.dba.id])
      await expect(house.execute(setHierarchy, lead, { teamId, ...given })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(
      house.execute(setHierarchy, boss(), { teamId: house.cast.markets.id, ...given }, { expected: 0 }),
    ).rejects.toMatchObject({ code: 'stale' })
    await expect(
      house.execute(setHierarchy, boss(), { teamId: null, managerIds: [house.cast.laurent.id], rules: [] }),
    ).rejects.toThrow(/managerIds: M. Laurent does not work tickets/)
  })
})
