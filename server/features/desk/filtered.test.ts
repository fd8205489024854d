import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { z } from 'zod'
import type { listTicketsInput } from '../../../contract/desk/index.ts'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import { countOf } from './counts.ts'
import { listTickets } from './list.ts'

/** Mon 23 Nov 2026, 07:12 in London; Priya's next midnight is at 23:00 UTC. */
let house: DeskHouse
const units: Record<string, string> = {}
beforeAll(async () => {
  house = await deskHouse()
  const { db } = house.platform
  const { priya, brandt, orders, wiki } = house.cast
  await sql`update users set zone = 'Europe/Berlin' where id = ${priya.id}`.execute(db)
  const { rows } = await sql<{ id: string; slug: string }>`select id, slug from business_units`.execute(db)
  for (const { id, slug } of rows) units[slug] = id
  // Brandt works in Paris, which uses nothing; order entry, which London uses, depends on the wiki.
  await sql`delete from service_business_units where business_unit_id = ${units['eqd-paris']}`.execute(db)
  await sql`insert into business_unit_people (business_unit_id, user_id) values (${units['eqd-paris']}, ${brandt.id})`.execute(
    db,
  )
  await sql`insert into dependencies (id, service_id, depends_on_service_id)
    values (gen_random_uuid(), ${orders.id}, ${wiki.id})`.execute(db)
  for (const given of tickets()) await insert(given)
})
afterAll(() => house.close())

type Given = {
  title: string
  kind?: string
  state?: string
  priority?: number
  env?: string
  team?: string
  escalated?: string
  owner?: string
  service?: string
  by?: string
  due?: string
}
const tickets = (): Given[] => {
  const { markets, dba, priya, tom, orders, wiki, laurent, brandt } = house.cast
  return [
    { title: 'a', priority: 1, team: markets.id, owner: priya.id, service: orders.id, due: '2026-11-23T07:00:00Z' },
    { title: 'b', priority: 2, state: 'in_progress', team: dba.id, owner: tom.id, service: wiki.id, by: laurent.id },
    { title: 'c', priority: 2, state: 'pending', team: markets.id, escalated: dba.id, by: brandt.id, kind: 'request' },
    { title: 'd', priority: 3, state: 'new', env: 'uat', service: orders.id, due: '2026-11-23T10:00:00Z' },
    { title: 'e', priority: 4, state: 'new', by: laurent.id, kind: 'problem', due: '2026-11-23T22:59:00Z' },
    { title: 'f', priority: 4, state: 'resolved', team: markets.id, owner: priya.id, by: laurent.id },
    {
      title: 'g',
      priority: 5,
      state: 'closed',
      team: dba.id,
      owner: tom.id,
      by: brandt.id,
      kind: 'change',
      due: '2026-11-23T09:00:00Z',
    },
    { title: 'h', priority: 5, state: 'new', env: 'dev', team: dba.id, due: '2026-11-23T23:00:00Z' },
  ]
}
const insert = (t: Given) =>
  sql`
  insert into tickets (id, number, kind, title, state, impact, urgency, priority, priority_reason, service_id, environment,
    team_id, escalated_to, assignee_id, requester_id, opened_via, opened_by, opened_at, due_at, updated_at)
  values (gen_random_uuid(), ${`INC-9${t.title.charCodeAt(0)}`}, ${t.kind ?? 'incident'}, ${t.title}, ${t.state ?? 'new'},
    'low', 'low', ${t.priority ?? 3}, 'by hand', ${t.service ?? null}, ${t.env ?? 'prod'}, ${t.team ?? null},
    ${t.escalated ?? null}, ${t.owner ?? null}, ${t.by ?? null}, 'api', '{}', ${house.clock.now()}, ${t.due ?? null},
    ${house.clock.now()})`.execute(house.platform.db)

type Input = z.input<typeof listTicketsInput>
type Who = 'priya' | 'laurent' | 'brandt' | 'key'
/** The titles that are found, in order, page by page. */
const found = async (input: object, who: Who = 'priya') => {
  const titles = []
  for (let cursor: string | undefined; ; ) {
    const given: Input = { view: 'recent', limit: 2, ...input, ...(cursor ? { cursor } : {}) }
    const page = await house.ask(listTickets, house.cast.actors[who], given)
    titles.push(...page.items.map(({ title }) => title))
    if (!page.next) return titles.toSorted().join('')
    cursor = page.next
  }
}

describe('of each field several values, and what is left out', () => {
  test.each<[string, () => object, string]>([
    ['exact priorities', () => ({ priorities: [1, 4] }), 'aef'],
    ['priorities as text', () => ({ priorities: '2,5' }), 'bcgh'],
    ['this or more pressing, but one', () => ({ priority: 3, notPriorities: [2] }), 'ad'],
    ['states', () => ({ state: ['new', 'closed'] }), 'adegh'],
    ['states as an address has them', () => ({ state: 'pending,resolved' }), 'cf'],
    ['no state', () => ({ state: ['new'], notState: ['new'] }), ''],
    ['open, but what waits', () => ({ view: 'open', notState: ['pending'] }), 'abdeh'],
    ['kinds', () => ({ kind: ['request', 'change'] }), 'cg'],
    ['no incidents', () => ({ notKind: 'incident' }), 'ceg'],
    ['environments', () => ({ environment: ['uat', 'dev'] }), 'dh'],
    ['not in production', () => ({ notEnvironment: 'prod' }), 'dh'],
    ['teams', () => ({ teamId: [house.cast.markets.id, 'none'] }), 'acdef'],
    ['a team has what it is to accept', () => ({ teamId: house.cast.dba.id }), 'bcgh'],
    ['no team of these', () => ({ notTeamId: house.cast.dba.id }), 'adef'],
    ['some team', () => ({ notTeamId: 'none' }), 'abcfgh'],
    ['owners', () => ({ assigneeId: [house.cast.tom.id, 'none'] }), 'bcdegh'],
    ['everybody’s but one’s', () => ({ notAssigneeId: house.cast.priya.id }), 'bcdegh'],
    ['some owner', () => ({ notAssigneeId: 'none' }), 'abfg'],
    ['services', () => ({ serviceId: [house.cast.orders.id, house.cast.wiki.id] }), 'abd'],
    ['but a service', () => ({ notServiceId: house.cast.orders.id }), 'bcefgh'],
    ['who asked', () => ({ requesterId: [house.cast.laurent.id] }), 'bef'],
    ['nobody asked', () => ({ requesterId: 'none' }), 'adh'],
    ['who did not ask', () => ({ notRequesterId: house.cast.laurent.id }), 'acdgh'],
    ['a unit, by its services and what those need', () => ({ unitId: units['eqd-london'] }), 'abd'],
    ['a unit, by who works there', () => ({ unitId: units['eqd-paris'] }), 'cg'],
    ['but a unit', () => ({ notUnitId: units['eqd-london'] }), 'cefgh'],
    ['units', () => ({ unitId: [units['eqd-paris'], units['eqd-london']], notKind: ['change'] }), 'abcd'],
    ['overdue', () => ({ due: 'overdue' }), 'a'],
    ['within hours', () => ({ due: '<4h' }), 'ad'],
    ['within minutes', () => ({ due: '<30m' }), 'a'],
    ['within days', () => ({ due: '<2d' }), 'adeh'],
    ['until midnight in Berlin', () => ({ due: 'today' }), 'ade'],
    ['without a clock, of what is open', () => ({ due: ['none'] }), 'bc'],
    ['overdue, or without', () => ({ due: 'overdue,none' }), 'abc'],
    ['today, but not overdue', () => ({ due: 'today', notDue: 'overdue' }), 'de'],
    ['with a clock', () => ({ view: 'open', notDue: 'none' }), 'adeh'],
    ['with a clock, of what is open, too', () => ({ notDue: 'none' }), 'adeh'],
    ['but what is overdue, with what is over', () => ({ notDue: 'overdue' }), 'bcdefgh'],
    ['several fields', () => ({ view: 'open', priorities: [1, 2], notTeamId: house.cast.dba.id }), 'a'],
  ])('%s', async (_name, input, expected) => expect(await found(input())).toBe(expected))

  it('a day ends in UTC for a key', async () => expect(await found({ due: 'today' }, 'key')).toBe('adeh'))

  it('without a view: what is open, unless a state is asked for that is not', async () => {
    expect(await found({ view: undefined, priorities: [4, 5] })).toBe('eh')
    expect(await found({ view: undefined, state: ['new', 'resolved'], priorities: [4, 5] })).toBe('efh')
  })

  it('is counted as it is listed', async () => {
    const count = (input: object) => house.ask(countOf, house.cast.actors.priya, input)
    expect(await count({ view: 'open', unitId: units['eqd-london'], notPriorities: [1] })).toEqual({ count: 2 })
  })
})

describe('for those who ask', () => {
  test.each<[string, () => object, string]>([
    ['all', () => ({}), 'bef'],
    ['of others', () => ({ requesterId: house.cast.brandt.id }), ''],
    ['of nobody', () => ({ requesterId: 'none' }), ''],
    ['but those of others', () => ({ notRequesterId: house.cast.brandt.id, notState: ['resolved'] }), 'be'],
    ['of a team', () => ({ teamId: house.cast.dba.id }), 'b'],
  ])('%s, among his own', async (_name, input, expected) => expect(await found(input(), 'laurent')).toBe(expected))

  it('to whom it was handed is not found by', async () => {
    expect(await found({ teamId: house.cast.dba.id }, 'brandt')).toBe('g')
    expect(await found({ notTeamId: house.cast.dba.id }, 'brandt')).toBe('c')
  })

  test.each([
    ['assigneeId', () => 'none'],
    ['notAssigneeId', () => 'none'],
    ['due', () => 'overdue'],
    ['notDue', () => 'none'],
    ['unitId', () => units['eqd-london']],
    ['notUnitId', () => units['eqd-london']],
  ])('%s is refused, in the list and in the count', async (field, value) => {
    const input = { [field]: value() }
    const refusal = `${field}: is known to the desk only`
    await expect(found(input, 'laurent')).rejects.toThrow(refusal)
    await expect(house.ask(countOf, house.cast.actors.laurent, input)).rejects.toThrow(refusal)
  })
})
