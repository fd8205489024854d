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
  mergedInto: Survivor | null = null,
) => ({
  number: t.number,
  state: t.state as TicketState,
  requesterId: t.requester_id,
  escalated: t.escalated_to !== null,
  held: t.held,
  waitsForApproval: t.pending_reason === 'approval',
  mergedInto,
})

/** The ticket that goes on in the place of a merged one. */
export type Survivor = { id: string; number: string; state: TicketState }

export const survivorOf = async (
  ctx: Pick<ReadContext, 'db'>,
  t: Pick<Ticket, 'merged_into_id'>,
): Promise<Survivor | null> => {
  if (!t.merged_into_id) return null
  const row = await ctx.db
    .selectFrom('tickets')
    .select(['id', 'number', 'state'])
    .where('id', '=', t.merged_into_id)
    .executeTakeFirstOrThrow()
  return { ...row, state: row.state as TicketState }
}

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
export const takeTicket = async (ctx: Context, given: string, wanted: Wanted): Promise<Ticket> => {
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
  await requireAct(ctx, row, wanted)
  return row
}

type Wanted = TicketAct | ((ticket: Ticket, actor: RuledActor, into: Survivor | null) => TicketAct | null)

/** Asks the rules for a row that this transaction holds; no act, no question. Throws `conflict` or `forbidden`. */
export const requireAct = async (ctx: Context, row: Ticket, wanted: Wanted): Promise<void> => {
  const actor = ruledActor(ctx)
  const into = await survivorOf(ctx, row)
  const act = typeof wanted === 'string' ? wanted : wanted(row, actor, into)
  if (!act) return
  const verdict = mayBeDone(act, ruled(row, into), actor)
  if (verdict.ok) return
  if (row.held && verdict.why === row.held) throw conflict(row.held)
  if (!into && whyNotNow(act, ruled(row)) === undefined) throw new AppError('forbidden', verdict.why)
  throw conflict(`${verdict.why}${await whoDidIt(ctx, row, 'escalated' in ticketRules[act])}`)
}

/** As `takeTicket`, for inner functions: no scope and no rules; null when there is none. */
export const lockTicket = async (ctx: Context, id: string): Promise<Ticket | null> =>
  (await ctx.db.selectFrom('tickets').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ?? null
