import type { Updateable } from 'kysely'
import { isOpen, type TicketActed, type TicketState } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Tickets } from '../../platform/db/schema.gen.ts'
import { factsToJson } from '../sla/index.ts'
import { factsAfter, type Happened, storedFacts } from './clock-facts.ts'
import { keepPlan, planFor } from './keep-clocks.ts'
import { findRow } from './rows.ts'
import type { Ticket } from './ticket.ts'

type Changes = Pick<
  Updateable<Tickets>,
  | 'title'
  | 'description'
  | 'state'
  | 'pending_reason'
  | 'impact'
  | 'urgency'
  | 'priority'
  | 'priority_reason'
  | 'priority_basis'
  | 'priority_overridden'
  | 'service_id'
  | 'environment'
  | 'team_id'
  | 'assignee_id'
  | 'escalated_to'
  | 'resolution'
  | 'held'
  | 'reopened'
  | 'merged_into_id'
> &
  Partial<Pick<Ticket, Instants>>
type Instants = 'pending_until' | 'handled_at' | 'first_response_at' | 'resolved_at' | 'closed_at'

/**
 * Writes an act's changes to a row that this transaction holds, with what follows for its clocks, and the version;
 * returns the row. `happened` is what moves a clock and does not show in the row, such as a word of the requester.
 */
export const saveTicket = async (
  ctx: Context,
  ticket: Ticket,
  changes: Changes,
  happened: readonly Happened[] = [],
): Promise<Ticket> => {
  const clocks = await clocksAfter(ctx, ticket, { ...ticket, ...changes }, happened)
  const saved = await ctx.db
    .updateTable('tickets')
    .set({ ...changes, ...clocks?.columns, updated_at: ctx.now(), version: ticket.version + 1 })
    .where('id', '=', ticket.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  if (clocks) await keepPlan(ctx, ticket.id, clocks.plan)
  return saved
}

// A note or another title moves no clock; then nothing is read and nothing computed.
const clocksAfter = async (ctx: Context, before: Ticket, after: Ticket, happened: readonly Happened[]) => {
  const known = storedFacts(before)
  const byPerson = ctx.actor.kind === 'user' || ctx.actor.kind === 'link'
  const facts = factsAfter(known, before, after, { at: ctx.now(), happened, byPerson })
  const moved =
    facts !== known ||
    String(before.first_response_at) !== String(after.first_response_at) ||
    (isOpen(after.state as TicketState) &&
      (before.service_id !== after.service_id || before.environment !== after.environment))
  if (!moved) return null
  const plan = await planFor(ctx, after, facts)
  return { plan, columns: { ...plan.columns, clock_facts: factsToJson(facts) } }
}

/** What every act answers: the ticket as lists show it, and how to take the act back. */
export const acted = async (
  ctx: Context,
  ticket: Pick<Ticket, 'id' | 'version'>,
  undo: TicketActed['undo'] = null,
) => ({ ticket: await findRow(ctx, ticket.id), undo, version: ticket.version })
