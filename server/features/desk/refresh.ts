import { isOpen, type TicketState } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { refreshBrief } from './brief.ts'
import { lockTicket } from './ticket.ts'

/** Writes the brief of an open ticket's page anew, because facts that it tells have changed. Inner function. */
export const refreshTicketBrief = async (ctx: Context, ticketId: string): Promise<void> => {
  const ticket = await lockTicket(ctx, ticketId)
  if (ticket && isOpen(ticket.state as TicketState)) await refreshBrief(ctx, ticket)
}
