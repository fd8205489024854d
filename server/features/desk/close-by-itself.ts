import { z } from 'zod'
import { isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { closeAfterDays, plusDays } from './after-days.ts'
import { ticketClosed } from './events.ts'
import { recordAbout } from './record.ts'
import { saveTicket } from './save.ts'
import { lockTicket, type Ticket, ticketRef } from './ticket.ts'

const key = (ticket: Pick<Ticket, 'id'>) => `ticket:${ticket.id}:close`

/** Leaves the closing of resolved tickets to due work. */
export const closeLater = async (ctx: Context, ...tickets: readonly Ticket[]): Promise<void> => {
  const days = await closeAfterDays(ctx)
  for (const ticket of tickets)
    ctx.due({
      key: key(ticket),
      at: plusDays(ticket.resolved_at ?? ctx.now(), days),
      run: closeByItself,
      input: { id: ticket.id },
      subject: ticketRef(ticket),
      priority: 2,
    })
}

/** The ticket is not resolved any more, or closed already. */
export const closeNoMore = (ctx: Context, ticket: Pick<Ticket, 'id'>): void => ctx.cancelDue(key(ticket))

/** Closes a ticket that was resolved long enough ago; looks first whether that is still so. */
export const closeByItself = verb('ticket.close_by_itself', {
  permission: 'system',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const ticket = await lockTicket(ctx, id)
    if (ticket?.state !== 'resolved' || !ticket.resolved_at) return ctx.unchanged(null)
    const afterDays = await closeAfterDays(ctx)
    if (isBefore(ctx.now(), plusDays(ticket.resolved_at, afterDays))) {
      await closeLater(ctx, ticket)
      return ctx.unchanged(null)
    }
    const saved = await saveTicket(ctx, ticket, { state: 'closed', closed_at: ctx.now() })
    await recordAbout(ctx, saved, ticketClosed, { afterDays }, { forRequester: true, mirrored: true })
    return null
  },
})
