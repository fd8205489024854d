import type { ExpressionBuilder, Selectable } from 'kysely'
import {
  mayBeDone,
  type RuledActor,
  type TicketAct,
  type TicketState,
  ticketRules,
  whyNotNow,
} from '../../../contract/desk/index.ts'
import { type Scope, scopeFor, userOf } from '../../platform/access.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import type { DB, Tickets } from '../../platform/db/schema.gen.ts'
import { AppError, conflict, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { whoDidIt, whoWasLast } from './who-did-it.ts'

export type Ticket = Selectable<Tickets>

export const ticketRef = (ticket: Pick<Ticket, 'id'>): string => ref('ticket', ticket.id)

/** What the rules of contract/desk/can.ts look at. */
export const ruled = (
  t: Pick<Ticket, 'number' | 'state' | 'requester_id' | 'escalated_to' | 'pending_reason' | 'held'>,
) => ({
  number: t.number,
  state: t.state as TicketState,
  requesterId: t.requester_id,
  escalated: t.escalated_to !== null,
  held: t.held,
  waitsForApproval: t.pending_reason === 'approval',
})

/** How the rules see whoever acts. A signed link was made by Watchfloor for one act of a person who works tickets. */
export const ruledActor = (ctx: Pick<ReadContext, 'actor'>): RuledActor => ({
  userId: userOf(ctx.actor),
  desk: ctx.actor.kind === 'link' || scopeFor(ctx.actor, 'ticket.work') !== null,
})

type Builder = ExpressionBuilder<DB, 'tickets'>

/** The tickets that a scope reaches: own ones are those that I asked for or watch. */
export const visible = (scope: Scope) => (eb: Builder) => {
  if (scope.rows === 'all') return eb.lit(true)
  if (scope.rows === 'ids') {
    const ids = scope.ids.filter((i) => i.startsWith('ticket:')).map((i) => i.slice('ticket:'.length))
    return ids.length > 0 ? eb('tickets.id', 'in', ids) : eb.lit(false)
  }
  const own = scope.userId ? ownTickets(eb, scope.userId) : eb.lit(false)
  return scope.rows === 'team' && scope.teamIds.length > 0
    ? eb.or([own, eb('tickets.team_id', 'in', scope.teamIds)])
    : own
}

// One list of ids by two indexes: an OR of two conditions would read every ticket.
const ownTickets = (eb: Builder, userId: string) =>
  eb(
    'tickets.id',
    'in',
    eb
      .selectFrom('tickets as asked')
      .select('asked.id')
      .where('asked.requester_id', '=', userId)
      .union(eb.selectFrom('watchers').select('watchers.ticket_id as id').where('watchers.user_id', '=', userId)),
  )

/** By id or by number. */
export const named = (given: string) => (eb: Builder) =>
  /^\w{3}-/.test(given) ? eb('tickets.number', '=', given.toUpperCase()) : eb('tickets.id', '=', given.toLowerCase())

/** Loads through the reader's scope. Throws `not_found`, also for what he may not see. */
export const loadTicket = async (ctx: ReadContext, given: string): Promise<Ticket> => {
  const row = await ctx.db
    .selectFrom('tickets')
    .selectAll('tickets')
    .where(named(given))
    .where(visible(ctx.scope))
    .executeTakeFirst()
  if (!row) throw notFound(`The ticket ${given}`)
  return row
}

/**
 * Takes a ticket for one act: locks its row until the transaction ends, so that of two who act at once the second sees
 * what the first did, and then asks the rules. Throws `not_found`, `stale` (If-Match), `conflict` (with who did it and
 * when) or `forbidden`.
 */
export const takeTicket = async (
  ctx: Context,
  given: string,
  wanted: TicketAct | ((ticket: Ticket, actor: RuledActor) => TicketAct),
): Promise<Ticket> => {
  const row = await ctx.db
    .selectFrom('tickets')
    .selectAll('tickets')
    .where(named(given))
    .where(visible(ctx.scope))
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound(`The ticket ${given}`)
  if (ctx.expected !== null && row.version !== ctx.expected)
    throw new AppError(
      'stale',
      `${row.number} has changed since you read it.${await whoWasLast(ctx, row)} Load it again.`,
    )
  const actor = ruledActor(ctx)
  const act = typeof wanted === 'string' ? wanted : wanted(row, actor)
  const verdict = mayBeDone(act, ruled(row), actor)
  if (verdict.ok) return row
  if (row.held && verdict.why === row.held) throw conflict(row.held)
  if (whyNotNow(act, ruled(row)) === undefined) throw new AppError('forbidden', verdict.why)
  throw conflict(`${verdict.why}${await whoDidIt(ctx, row, 'escalated' in ticketRules[act])}`)
}

/** As `takeTicket`, for inner functions: no scope and no rules; null when there is none. */
export const lockTicket = async (ctx: Context, id: string): Promise<Ticket | null> =>
  (await ctx.db.selectFrom('tickets').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ?? null
