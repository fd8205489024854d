import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listTicketsInput } from '../../../contract/desk/index.ts'
import { type DeskHouse, deskHouse } from '../../../test/harness/desk.ts'
import { requireScope } from '../../platform/access.ts'
import type { ReadContext } from '../../platform/context.ts'
import { countTickets } from './counts.ts'
import { readBefore } from './filtered.ts'
import { listTickets, ticketsOf } from './list.ts'

/** 30,000 tickets, a tenth of them open, as a desk has after some months. */
const MANY = 30_000

/** A team that has twenty of them. */
const SMALL = crypto.randomUUID()

let house: DeskHouse
beforeAll(async () => {
  house = await deskHouse()
  const { markets, dba, priya, tom, laurent, orders, wiki } = house.cast
  await sql`insert into teams (id, slug, name, kind, created_at, updated_at)
    values (${SMALL}, 'small', 'Small', 'l2', now(), now())`.execute(house.platform.db)
  await sql`
    insert into tickets (id, number, kind, title, state, impact, urgency, priority, priority_reason, service_id, environment, team_id,
      assignee_id, requester_id, opened_via, opened_by, opened_at, due_at, updated_at)
    select gen_random_uuid(), 'INC-' || 1000000 + n, 'incident', 'Ticket ' || n || (case when n % 1000 = 7 then ' blotter 100%' else ' report' end),
      (case when n % 10 = 0 then 'new' when n % 100 = 1 then 'pending' else 'closed' end), 'low', 'low', 1 + n % 5, 'by hand',
      (case when n % 3 = 0 then ${orders.id}::uuid else ${wiki.id}::uuid end), 'prod',
      (case when n % 1500 = 1 then ${SMALL}::uuid when n % 1500 = 3 then null when n % 4 = 0 then ${markets.id}::uuid else ${dba.id}::uuid end),
      (case when n % 7 = 0 then ${priya.id}::uuid when n % 7 = 1 then ${tom.id}::uuid end),
      (case when n % 500 = 0 then ${laurent.id}::uuid end),
      'api', '{}', now() - n * interval '1 minute',
      (case when n % 10 = 0 and n % 30 <> 0 then now() + (n % 997) * interval '1 minute' end), now()
    from generate_series(1, ${MANY}::int) n`.execute(house.platform.db)
  await sql`
    insert into ticket_search (ticket_id, search)
    select id, setweight(to_tsvector('english', title), 'A') || said from tickets,
      (select to_tsvector('simple', string_agg('word' || n, ' ')) as said from generate_series(1, 30) n) m`.execute(
    house.platform.db,
  )
  await sql`analyze tickets, ticket_search`.execute(house.platform.db)
})
afterAll(() => house.close())

const actor = (who: keyof DeskHouse['cast']['actors']) => house.cast.actors[who]
type Input = Parameters<typeof listTicketsInput.parse>[0]

const all = async (input: object, who: keyof DeskHouse['cast']['actors'] = 'priya') => {
  const items = []
  for (let cursor: string | undefined; ; ) {
    const page = await house.ask(listTickets, actor(who), { limit: 200, ...input, ...(cursor ? { cursor } : {}) })
    items.push(...page.items)
    if (!page.next) return items
    cursor = page.next
  }
}
const idsBy = async (where: ReturnType<typeof sql>) => {
  const { rows } = await sql<{ id: string }>`select id from tickets where ${where}`.execute(house.platform.db)
  return rows.map((r) => r.id).sort()
}
const ids = (items: { id: string }[]) => items.map((t) => t.id).sort()

describe('views', () => {
  it.each<[string, object, () => ReturnType<typeof sql>]>([
    ['open', { view: 'open' }, () => sql`open`],
    ['mine', { view: 'mine' }, () => sql`open and assignee_id = ${house.cast.priya.id}`],
    ['of my teams', { view: 'team' }, () => sql`open and team_id = ${house.cast.markets.id}`],
    ['of a team', { view: 'team', teamId: '' }, () => sql`open and team_id = ${house.cast.dba.id}`],
    ['unassigned', { view: 'unassigned' }, () => sql`open and assignee_id is null`],
    ['open P1 and P2', { view: 'open', priority: 2 }, () => sql`open and priority <= 2`],
    ['pending', { view: 'open', state: 'pending' }, () => sql`state = 'pending'`],
    ['of an assignee', { view: 'open', assigneeId: '' }, () => sql`open and assignee_id = ${house.cast.tom.id}`],
    ['of a service', { view: 'open', serviceId: '' }, () => sql`open and service_id = ${house.cast.orders.id}`],
    ['with words', { view: 'recent', q: 'BLOTTER 100%' }, () => sql`title like '%blotter 100\%%'`],
    ['with a number', { view: 'recent', q: 'inc-1000007' }, () => sql`number = 'INC-1000007'`],
    ['of no kind', { view: 'open', kind: 'change' }, () => sql`false`],
    ['elsewhere', { view: 'open', environment: 'uat' }, () => sql`false`],
  ])('%s, page by page, each ticket once', async (_name, input, where) => {
    const given = {
      ...input,
      ...('teamId' in input ? { teamId: house.cast.dba.id } : {}),
      ...('assigneeId' in input ? { assigneeId: house.cast.tom.id } : {}),
      ...('serviceId' in input ? { serviceId: house.cast.orders.id } : {}),
    }
    expect(ids(await all(given))).toEqual(await idsBy(where()))
  })

  it('what I asked for, with what is over, newest first', async () => {
    const items = await all({ view: 'requested', limit: 7 }, 'laurent')
    expect(ids(items)).toEqual(await idsBy(sql`requester_id = ${house.cast.laurent.id}`))
    const opened = items.map((t) => t.openedAt.epochMilliseconds)
    expect(opened).toEqual([...opened].sort((a, b) => b - a))
  })

  it('queues go by priority, then by the clock; what has none comes last', async () => {
    const items = await all({ view: 'open' })
    const place = (t: (typeof items)[number]) =>
      [t.priority, t.dueAt?.epochMilliseconds ?? Number.POSITIVE_INFINITY] as const
    for (const [i, t] of items.slice(1).entries()) {
      const [a, b] = [place(items[i] as typeof t), place(t)]
      expect(a[0] < b[0] || (a[0] === b[0] && a[1] <= b[1])).toBe(true)
    }
    expect(items.some((t) => t.dueAt === null)).toBe(true)
  })

  it('need a person where they say "my"', async () => {
    await expect(house.ask(listTickets, actor('key'), { view: 'mine' })).rejects.toThrow('view: mine needs a person')
  })
})

it('counts stop at 1,001', async () => {
  expect(await house.ask(countTickets, actor('priya'), {})).toEqual({
    mine: (await all({ view: 'mine' })).length,
    helping: 0,
    myTeams: 1001,
    escalated: 0,
    snoozed: 0,
    unassigned: 1001,
    urgent: 1001,
    open: 1001,
  })
})

describe('each view is read by an index', () => {
  const plan = async (input: Input, who: 'priya' | 'laurent' = 'priya') => {
    const a = actor(who)
    const scope = requireScope(a, 'ticket.read')
    const ctx = { actor: a, scope, db: house.platform.db, now: () => house.clock.now() } as ReadContext
    const asked = listTicketsInput.parse(input)
    const rows: { 'QUERY PLAN': string }[] = await ticketsOf(ctx, asked, await readBefore(ctx, asked)).explain('text')
    return rows.map((r) => r['QUERY PLAN']).join('\n')
  }
  const cursor = async (input: object) => (await house.ask(listTickets, actor('priya'), { ...input, limit: 100 })).next

  it.each<[string, object, RegExp]>([
    ['open', { view: 'open' }, /tickets_queue/],
    ['open P1', { view: 'open', priority: 1 }, /tickets_queue/],
    ['unassigned', { view: 'unassigned' }, /tickets_unassigned|tickets_queue/],
    ['recent', { view: 'recent' }, /tickets_recent/],
    ['mine', { view: 'mine' }, /tickets_assignee|tickets_queue/],
    ['requested', { view: 'requested' }, /tickets_requester/],
    ['open, exactly some priorities', { view: 'open', priorities: [1, 3] }, /tickets_queue/],
    ['open, but some states', { view: 'open', notState: ['pending'] }, /tickets_queue/],
    ['due', { view: 'open', due: ['<4h'] }, /tickets_due|tickets_queue/],
    ['due, newest first', { view: 'recent', due: ['overdue'] }, /tickets_due/],
    ['of no team', { view: 'recent', teamId: ['none'] }, /tickets_team/],
    ['of a small team', { view: 'recent', teamId: [SMALL] }, /tickets_team .*tickets_escalated /s],
    ['all but what is closed', { view: 'recent', notState: ['closed'] }, /tickets_state|tickets_recent/],
    ['rare kinds', { view: 'recent', notKind: ['incident'] }, /tickets_kind/],
    ['rare environments', { view: 'recent', environment: ['uat', 'dev'] }, /tickets_environment/],
    ['rare states', { view: 'recent', state: ['resolved', 'cancelled'] }, /tickets_state/],
    ['common words', { view: 'recent', q: 'report' }, /tickets_recent/],
    ['rare words', { view: 'recent', q: '29999 report ticket' }, /tickets_pkey/],
    ['words that no ticket holds', { view: 'recent', q: 'zebra' }, /tickets_pkey/],
    ['the beginning of words that no ticket holds', { view: 'recent', q: 'report zeb' }, /tickets_pkey/],
    ['a number', { view: 'recent', q: 'INC-1000007' }, /tickets_number_key/],
  ])('%s', async (_name, input, index) => {
    const found = await plan(input)
    expect(found).toMatch(index)
    expect(found).not.toMatch(/Seq Scan on tickets/)
  })

  it('of those who asked, and of a business unit', async () => {
    const { laurent, brandt } = house.cast
    expect(await plan({ view: 'recent', requesterId: [laurent.id, brandt.id] })).toMatch(/tickets_requester/)
    const { rows } = await sql<{ id: string }>`select id from business_units limit 1`.execute(house.platform.db)
    const unitId = rows.map(({ id }) => id)
    await sql`delete from service_business_units where business_unit_id = ${unitId[0]}`.execute(house.platform.db)
    await sql`insert into business_unit_people (business_unit_id, user_id) values (${unitId[0]}, ${laurent.id})`.execute(
      house.platform.db,
    )
    expect(await plan({ view: 'recent', unitId })).toMatch(/tickets_requester/)
    expect(await plan({ view: 'open', unitId })).not.toMatch(/Seq Scan on tickets/)
  })

  it('of a team', async () => {
    const found = await plan({ view: 'team', teamId: house.cast.markets.id })
    expect(found).toMatch(/tickets_team_queue|tickets_queue/)
    expect(found).not.toMatch(/Seq Scan on tickets/)
  })

  it('from the second page on, too', async () => {
    for (const view of ['open', 'recent'] as const) {
      const found = await plan({ view, cursor: await cursor({ view }) })
      expect(found).not.toMatch(/Seq Scan on tickets/)
    }
  })

  it('for a requester, by his own rows alone', async () => {
    const found = await plan({ view: 'recent' }, 'laurent')
    expect(found).toMatch(/tickets_requester/)
    expect(found).toMatch(/watchers_user|watchers/)
    expect(found).not.toMatch(/Seq Scan on tickets/)
  })
})
