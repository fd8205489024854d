import { z } from 'zod'
import type { PendingReason } from '../../../contract/desk/index.ts'
import { isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { ticketResumed } from './events.ts'
import { recordAbout } from './record.ts'
import { saveTicket } from './save.ts'
import { lockTicket, type Ticket, ticketRef } from './ticket.ts'
import { workingState } from './working-state.ts'

const key = (ticket: Pick<Ticket, 'id'>) => `ticket:${ticket.id}:wake`

/** A pending ticket goes on by itself at the time it waits for; one without a time waits for a person. */
export const wakeLater = (ctx: Context, ticket: Ticket): void => {
  const at = ticket.pending_until
  if (!at) wakeNoMore(ctx, ticket)
  else ctx.due({ key: key(ticket), at, run: wakeTicket, input: { id: ticket.id }, subject: ticketRef(ticket) })
}

export const wakeNoMore = (ctx: Context, ticket: Pick<Ticket, 'id'>): void => ctx.cancelDue(key(ticket))

/** What a ticket that goes on no longer has. */
export const notPending = { pending_reason: null, pending_until: null }

/** What a pending ticket waits for, so that it can wait again after a slip. An approval is not waited for by hand. */
export const asWaiting = (t: Ticket) =>
  t.state === 'pending' && t.pending_reason && t.pending_reason !== 'approval'
    ? [{ id: t.id, reason: t.pending_reason as PendingReason, until: t.pending_until?.toString() }]
    : []

export const wakeTicket = verb('ticket.wake', {
  permission: 'system',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const ticket = await lockTicket(ctx, id)
    const due = ticket?.state === 'pending' && ticket.pending_until && !isBefore(ctx.now(), ticket.pending_until)
    if (!ticket || !due) return ctx.unchanged(null)
    const saved = await saveTicket(ctx, ticket, { ...notPending, state: workingState(ticket) })
    await recordAbout(ctx, saved, ticketResumed, { by: 'time' }, { forRequester: true })
    return null
  },
})
