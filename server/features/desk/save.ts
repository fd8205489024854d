import type { Updateable } from 'kysely'
import type { TicketActed } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Tickets } from '../../platform/db/schema.gen.ts'
import { nextDue } from './clock-rules.ts'
import { findRow } from './rows.ts'
import { clockFacts, type Ticket } from './ticket.ts'

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
  | 'sla'
  | 'resolution'
  | 'reopened'
> &
  Partial<Pick<Ticket, Instants>>
type Instants =
  | 'pending_until'
  | 'handled_at'
  | 'first_response_at'
  | 'first_response_due_at'
  | 'resolution_due_at'
  | 'resolved_at'
  | 'closed_at'

/** Writes an act's changes to a row that this transaction holds, with the next clock and the version; returns the row. */
export const saveTicket = async (ctx: Context, ticket: Ticket, changes: Changes): Promise<Ticket> => {
  const due = nextDue(clockFacts({ ...ticket, ...changes, state: changes.state ?? ticket.state }))
  return ctx.db
    .updateTable('tickets')
    .set({ ...changes, due_at: due?.at ?? null, updated_at: ctx.now(), version: ticket.version + 1 })
    .where('id', '=', ticket.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** What every act answers: the ticket as lists show it, and how to take the act back. */
export const acted = async (
  ctx: Context,
  ticket: Pick<Ticket, 'id' | 'version'>,
  undo: TicketActed['undo'] = null,
) => ({ ticket: await findRow(ctx, ticket.id), undo, version: ticket.version })
