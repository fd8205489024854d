import { type ExpressionBuilder, sql } from 'kysely'
import type { Disturbance, TicketState } from '../../../../contract/desk/index.ts'
import { userOf } from '../../../platform/access.ts'
import { type Instant, plusMinutes } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context.ts'
import type { DB } from '../../../platform/db/schema.gen.ts'
import { aboutUnits, unitsOfPerson } from '../../catalog/index.ts'

type Builder = ExpressionBuilder<DB, 'tickets'>

/**
 * Of urgent incidents in production, those of a service that all may know of: that the desk or a tool opened, or of which
 * a person has judged how much of the business it hurts. What one person reports is urgent by rule as soon as its service
 * is, and is not told to all for that.
 */
export const isForAll = (eb: Builder) =>
  eb.and([
    eb('tickets.service_id', 'is not', null),
    eb.or([
      eb('tickets.opened_via', 'in', ['alert', 'desk', 'phone', 'chat']),
      eb('tickets.priority_overridden', '=', true),
      sql<boolean>`tickets.priority_basis->'impact'->>'by' = 'person'`,
    ]),
  ])

/** Which tickets are known trouble with a service now. */
export const isKnown = (eb: Builder) =>
  eb.and([
    // Written out, so that the planner sees the condition of the partial index.
    sql<boolean>`tickets.open and tickets.kind = 'incident' and tickets.environment = 'prod' and tickets.priority <= 2`,
    isForAll(eb),
  ])

/** Who said that it hurts them hears of its end, for so long. */
const TOLD_AFTER_MINUTES = 24 * 60

export const isAffected = (userId: string) => (eb: Builder) =>
  eb.exists(
    eb
      .selectFrom('affected_people')
      .select('affected_people.user_id')
      .whereRef('affected_people.ticket_id', '=', 'tickets.id')
      .where('affected_people.user_id', '=', userId),
  )

const columns = [
  'tickets.id',
  'tickets.number',
  'tickets.state',
  'tickets.opened_at',
  'tickets.resolved_at',
  'tickets.resolution',
  'services.id as service_id',
  'services.name as service_name',
] as const

const selectKnown = (ctx: ReadContext, userId: string | null) =>
  ctx.db
    .selectFrom('tickets')
    .innerJoin('services', 'services.id', 'tickets.service_id')
    .select(columns)
    .select((eb) => (userId ? isAffected(userId)(eb) : eb.lit(false)).as('affected'))
    .select(ownTicket(userId).as('my_ticket'))
    .select(nextUpdate.as('next_update_at'))

const nextUpdate = sql<Instant | null>`(select c.due_at from ticket_clocks c
    where c.ticket_id = tickets.id and c.clock = 'update' and c.ticking order by c.due_at limit 1)`

/** The ticket of this person that it is, that goes on in it, or that stands under it. */
const ownTicket = (userId: string | null) =>
  sql<string | null>`(select t.number from tickets t
    where t.requester_id = ${userId}::uuid and t.opened_at > tickets.opened_at - interval '7 days'
      and (t.id = tickets.id or t.merged_into_id = tickets.id or exists (
        select from ticket_links l where l.from_id = t.id and l.to_id = tickets.id and l.kind = 'child_of'))
    order by t.opened_at, t.id limit 1)`

type Row = Awaited<ReturnType<ReturnType<typeof selectKnown>['executeTakeFirstOrThrow']>>

const show = (r: Row, hurt: Hurt): Disturbance => ({
  id: r.id,
  number: r.number,
  service: { id: r.service_id, name: r.service_name },
  since: r.opened_at as unknown as string,
  state: r.state as TicketState,
  overAt: r.resolved_at as unknown as string | null,
  units: hurt(r.service_id),
  nextUpdateAt: r.next_update_at && String(r.next_update_at),
  mine: r.my_ticket ? 'asked' : r.affected ? 'affected' : null,
  myTicket: r.my_ticket,
})

type Hurt = (serviceId: string) => Disturbance['units']

/** Which of one's own business units a service hurts. */
const hurtBy = async (ctx: ReadContext, userId: string | null): Promise<Hurt> => {
  const units = userId ? await unitsOfPerson(ctx.db, userId) : []
  const each = await Promise.all(
    units.map(async (unit) => ({ unit, services: new Set((await aboutUnits(ctx.db, [unit.id])).services) })),
  )
  return (serviceId) => each.filter(({ services }) => services.has(serviceId)).map(({ unit }) => unit)
}

const MOST = 50

/** The most pressing one of each service. */
export const knownNow = async (ctx: ReadContext): Promise<Disturbance[]> => {
  const userId = userOf(ctx.actor)
  const rows = await selectKnown(ctx, userId)
    .where(isKnown)
    .where('services.archived_at', 'is', null)
    .distinctOn('tickets.service_id')
    .orderBy('tickets.service_id')
    .orderBy('tickets.priority')
    .orderBy('tickets.opened_at')
    .limit(MOST)
    .execute()
  const hurt = await hurtBy(ctx, userId)
  return rows.map((row) => show(row, hurt))
}

/** Those that hurt me: open, or over since yesterday. */
export const hurtingMe = async (ctx: ReadContext): Promise<Disturbance[]> => {
  const userId = userOf(ctx.actor)
  if (!userId) return []
  const rows = await selectKnown(ctx, userId)
    .innerJoin('affected_people as mine', 'mine.ticket_id', 'tickets.id')
    .where('mine.user_id', '=', userId)
    .where((eb) =>
      eb.or([sql<boolean>`tickets.open`, eb('tickets.resolved_at', '>', plusMinutes(ctx.now(), -TOLD_AFTER_MINUTES))]),
    )
    .orderBy('tickets.opened_at', 'desc')
    .limit(MOST)
    .execute()
  const hurt = await hurtBy(ctx, userId)
  return rows.map((row) => show(row, hurt))
}

/** One by id or number, whatever has become of it; null when there is none. `which` narrows it. */
export const findDisturbance = async (ctx: ReadContext, which: (eb: Builder) => ReturnType<typeof isKnown>) => {
  const userId = userOf(ctx.actor)
  const row = await selectKnown(ctx, userId).where(which).executeTakeFirst()
  return row ? { row, shown: show(row, await hurtBy(ctx, userId)) } : null
}
