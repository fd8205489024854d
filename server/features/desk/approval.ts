import { isOpen, type TicketState } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { endPage } from './brief.ts'
import { lapseEscalation } from './escalation/lapse.ts'
import { ticketCancelled, ticketPended, ticketResumed } from './events.ts'
import { recordAbout } from './record.ts'
import { saveTicket } from './save.ts'
import { lockTicket, type Ticket } from './ticket.ts'
import { notPending, wakeNoMore } from './wake.ts'
import { workingState } from './working-state.ts'

/** What requests asks of the desk while a ticket waits for an approval. Inner functions; each leaves one alone that is over. */

const lockOpen = async (ctx: Context, ticketId: string): Promise<Ticket | null> => {
  const ticket = await lockTicket(ctx, ticketId)
  return ticket && isOpen(ticket.state as TicketState) ? ticket : null
}

/** The ticket waits, its clocks stand still, and `why` says what it waits for to whoever would resolve it or go on. */
export const waitForApproval = async (ctx: Context, ticketId: string, why: string): Promise<void> => {
  const ticket = await lockOpen(ctx, ticketId)
  if (!ticket) return
  const saved = await saveTicket(ctx, ticket, {
    state: 'pending',
    pending_reason: 'approval',
    pending_until: null,
    held: why,
  })
  wakeNoMore(ctx, saved)
  if (ticket.pending_reason === 'approval') return
  await recordAbout(ctx, saved, ticketPended, { reason: 'approval', until: null }, { forRequester: true })
}

/** It goes on to its team's queue; `held` is what still has to be done first. */
export const goOnApproved = async (ctx: Context, ticketId: string, held: string | null): Promise<void> => {
  const ticket = await lockOpen(ctx, ticketId)
  if (!ticket) return
  if (ticket.pending_reason !== 'approval') {
    if (ticket.held !== held) await saveTicket(ctx, ticket, { held })
    return
  }
  const saved = await saveTicket(ctx, ticket, { ...notPending, state: workingState(ticket), held })
  await recordAbout(ctx, saved, ticketResumed, { by: 'approval' }, { forRequester: true })
}

/** Cancels it because it was refused, which was said in a reply; `held` says so to whoever would resolve it later. */
export const cancelRefused = async (
  ctx: Context,
  ticketId: string,
  { reason, held }: { reason: string; held: string },
): Promise<void> => {
  const ticket = await lockOpen(ctx, ticketId)
  if (!ticket) return
  const saved = await saveTicket(ctx, ticket, { ...notPending, state: 'cancelled', handled_at: ctx.now(), held })
  wakeNoMore(ctx, saved)
  await recordAbout(ctx, saved, ticketCancelled, { reason, told: true }, { milestone: true, forRequester: true })
  await endPage(ctx, saved, 'Cancelled', reason)
  await lapseEscalation(ctx, saved)
}
