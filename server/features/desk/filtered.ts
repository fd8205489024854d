import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely'
import { environment } from '../../../contract/base.ts'
import { type ListTicketsInput, numberPrefix, ticketKinds, ticketStates } from '../../../contract/desk/index.ts'
import { userOf } from '../../platform/access.ts'
import type { ReadContext } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { DB } from '../../platform/db/schema.gen.ts'
import { invalid } from '../../platform/errors.ts'
import { aboutUnits } from '../catalog/index.ts'
import { fewThatHold, holdsText } from './search-text.ts'

type Builder = ExpressionBuilder<DB, 'tickets'>
export type TicketFilter = Omit<ListTicketsInput, 'cursor' | 'limit' | 'view'>
type Due = NonNullable<TicketFilter['due']>[number]
type About = Awaited<ReturnType<typeof aboutUnits>>
/** The business units of a filter as what is about them, and the tickets that hold its text where they are few. */
export type ReadBefore = { of: About | null; not: About | null; held: readonly string[] | null }

/**
 * Read before the tickets: the planner chooses well among ids that it knows and that are on tickets, and badly among
 * those of a subquery.
 */
export const readBefore = async (
  { db, scope }: Pick<ReadContext, 'db' | 'scope'>,
  { unitId, notUnitId, q }: Pick<TicketFilter, 'unitId' | 'notUnitId' | 'q'>,
): Promise<ReadBefore> => ({
  of: unitId ? await onTickets(db, await aboutUnits(db, unitId)) : null,
  not: notUnitId ? await onTickets(db, await aboutUnits(db, notUnitId)) : null,
  held: q && !numbered.test(q) ? await fewThatHold(db, q, scope.internal) : null,
})

const onTickets = async (db: Db, { services, people }: About): Promise<About> => {
  const { rows } = await sql<About>`
    select array(select s.id from unnest(${services}::uuid[]) s(id)
        where exists (select from tickets t where t.service_id = s.id)) as services,
      array(select p.id from unnest(${people}::uuid[]) p(id)
        where exists (select from tickets t where t.requester_id = p.id)) as people`.execute(db)
  return rows[0] ?? { services: [], people: [] }
}

/** What a filter leaves of a list. Throws `invalid_input` when somebody who asks filters by what only the desk sees. */
export const filtered = (ctx: ReadContext, f: TicketFilter, before: ReadBefore) => (eb: Builder) => {
  const { internal } = ctx.scope
  if (!internal) refuseDesks(f)
  return eb.and([
    ...oneOf(eb, 'kind', wanted(ticketKinds, f.kind, f.notKind)),
    ...oneOf(eb, 'state', wanted(ticketStates, f.state, f.notState)),
    ...oneOf(eb, 'priority', wanted(levels, f.priorities, f.notPriorities)),
    ...oneOf(eb, 'environment', wanted(environment.options, f.environment, f.notEnvironment)),
    ...(f.priority ? [eb('tickets.priority', '<=', f.priority)] : []),
    ...teams(eb, f, internal),
    ...among(eb, 'assignee_id', f.assigneeId, f.notAssigneeId),
    ...among(eb, 'service_id', f.serviceId, f.notServiceId),
    ...among(eb, 'requester_id', f.requesterId, f.notRequesterId),
    ...(before.of ? [aboutThem(before.of)] : []),
    ...(before.not ? [not(aboutThem(before.not))] : []),
    // Only what is open has a clock that runs, and the index of clocks has only that.
    ...(f.due ? [sql<boolean>`tickets.open`, eb.or(f.due.map((one) => isDue(ctx, one)))] : []),
    ...(f.notDue?.includes('none') ? [sql<boolean>`tickets.open`] : []),
    ...(f.notDue ?? []).map((one) => not(isDue(ctx, one))),
    ...(f.q ? [byText(eb, f.q, before.held, internal)] : []),
  ])
}

const byText = (eb: Builder, q: string, held: ReadBefore['held'], internal: boolean): Expression<SqlBool> => {
  if (numbered.test(q)) return eb('tickets.number', '=', q.toUpperCase())
  return held ? sql`tickets.id = any(${[...held]}::uuid[])` : holdsText(q, internal)
}

/** By a unit one would learn which services depend on which, and who works where. */
const desksOwn = ['assigneeId', 'notAssigneeId', 'unitId', 'notUnitId', 'due', 'notDue'] as const

const refuseDesks = (f: TicketFilter) => {
  const field = desksOwn.find((one) => f[one])
  if (field) throw invalid(field, 'is known to the desk only; leave it out')
}

const levels = [1, 2, 3, 4, 5]
const numbered = new RegExp(`^(${Object.values(numberPrefix).join('|')})-\\d+$`, 'i')

/** Of the few values there are, those that are wanted, so that an index finds what is left when others are left out. */
const wanted = <T>(all: readonly T[], given: readonly T[] | undefined, less: readonly T[] | undefined) =>
  given || less ? (given ?? all).filter((one) => !less?.includes(one)) : undefined

const oneOf = (
  eb: Builder,
  column: 'kind' | 'state' | 'priority' | 'environment',
  values: readonly (string | number)[] | undefined,
): Expression<SqlBool>[] =>
  values ? [values.length > 0 ? eb(`tickets.${column}`, 'in', values as string[] & number[]) : eb.lit(false)] : []

type IdColumn = 'team_id' | 'escalated_to' | 'assignee_id' | 'service_id' | 'requester_id'

/** One of these ids, or nothing at all (`none`). */
const isAmong = (eb: Builder, column: IdColumn, given: readonly string[]): Expression<SqlBool>[] => {
  const ids = given.filter((one) => one !== 'none')
  return [
    ...(ids.length > 0 ? [eb(`tickets.${column}`, 'in', ids)] : []),
    ...(ids.length < given.length ? [eb(`tickets.${column}`, 'is', null)] : []),
  ]
}

const among = (eb: Builder, column: IdColumn, given: readonly string[] = [], less: readonly string[] = []) => [
  ...(given.length > 0 ? [eb.or(isAmong(eb, column, given))] : []),
  ...isAmong(eb, column, less).map(not),
]

/** A team has what it is to accept as well. To whom it was handed is the desk's own. */
const teams = (eb: Builder, { teamId, notTeamId }: TicketFilter, internal: boolean) => {
  const of = (given: readonly string[]) => {
    const ids = given.filter((one) => one !== 'none')
    // What is over is escalated no longer, and the index of what is has only what is open.
    const handed = isAmong(eb, 'escalated_to', ids).map((one) => eb.and([sql<boolean>`tickets.open`, one]))
    return [...isAmong(eb, 'team_id', given), ...(internal ? handed : [])]
  }
  return [...(teamId ? [eb.or(of(teamId))] : []), ...of(notTeamId ?? []).map(not)]
}

// An array is one parameter, however many people work there.
const aboutThem = ({ services, people }: About): RawBuilder<SqlBool> =>
  sql`(tickets.service_id = any(${services}::uuid[]) or tickets.requester_id = any(${people}::uuid[]))`

/** What is not known, such as whether nobody is Priya, is not so. */
const not = (condition: Expression<SqlBool>) => sql<boolean>`not coalesce(${condition}, false)`

const units = { m: 'minutes', h: 'hours', d: 'days' } as const

const isDue = (ctx: ReadContext, word: Due): RawBuilder<SqlBool> => {
  if (word === 'none') return sql`tickets.due_at is null`
  if (word === 'today') return sql`tickets.due_at < ${midnight(ctx)}`
  if (word === 'overdue') return sql`tickets.due_at < ${ctx.now()}`
  const unit = units[word.at(-1) as keyof typeof units]
  const count = Number(word.slice(1, -1))
  return sql`tickets.due_at < ${ctx.now().add(unit === 'days' ? { hours: 24 * count } : { [unit]: count })}`
}

/** The next one where the reader lives. */
const midnight = (ctx: ReadContext) => {
  const zone = sql`coalesce((select u.zone from users u where u.id = ${userOf(ctx.actor)}::uuid), 'UTC')`
  return sql`(select (date_trunc('day', ${ctx.now()}::timestamptz at time zone z.zone) + interval '1 day') at time zone z.zone
    from (select ${zone} as zone) z)`
}
