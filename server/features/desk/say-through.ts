import { isOpen, type TicketState } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { closeNoMore } from './close-by-itself.ts'
import { ticketReopened, ticketReplied, ticketResumed } from './events.ts'
import { ticketCallerSaid } from './events-links.ts'
import { addMessage, filesOf } from './messages.ts'
import { recordAbout } from './record.ts'
import { reopened } from './reopened.ts'
import { acted, saveTicket } from './save.ts'
import { lockTicket, ruledActor, type Ticket } from './ticket.ts'
import { notPending, wakeNoMore } from './wake.ts'
import { workingState } from './working-state.ts'

/**
 * A reply on a ticket that was merged into another. What the desk says there is for that one requester; what the
 * requester says is told to those who work on the other, and sets it going as a reply of its own requester would. It
 * never becomes public there: it is another person's.
 */
export const replyThrough = async (ctx: Context, ticket: Ticket, body: string, attachments: readonly string[]) => {
  const message = await addMessage(ctx, ticket.id, 'public', body, attachments)
  const actor = ruledActor(ctx)
  const byRequester = actor.userId !== null && actor.userId === ticket.requester_id
  const saved = await saveTicket(ctx, ticket, {})
  const said = { messageId: message.id, body: message.body, byRequester, firstResponse: false, ...filesOf(message) }
  await recordAbout(ctx, saved, ticketReplied, said, { forRequester: true })
  if (byRequester || !actor.desk) await tellSurvivor(ctx, saved, { body: message.body, messageId: message.id })
  return { ...(await acted(ctx, saved)), message, followUp: null }
}

/** Whoever asked says that it is not solved: it goes on where it was merged into. */
export const reopenThrough = async (ctx: Context, ticket: Ticket, reason: string | null) => {
  const saved = await saveTicket(ctx, ticket, {})
  const data = { from: 'resolved', reason, by: 'hand' } as const
  await recordAbout(ctx, saved, ticketReopened, data, { forRequester: true })
  await tellSurvivor(ctx, saved, { body: reason ?? 'It is not solved.', messageId: null })
  return acted(ctx, saved)
}

const said = [{ what: 'customer' }] as const

const tellSurvivor = async (ctx: Context, from: Ticket, words: { body: string; messageId: string | null }) => {
  const survivor = from.merged_into_id ? await lockTicket(ctx, from.merged_into_id) : null
  if (!survivor) return
  const data = { ...words, from: { id: from.id, number: from.number } }
  await recordAbout(ctx, survivor, ticketCallerSaid, data)
  if (survivor.state === 'pending' && survivor.pending_reason === 'user') {
    const changes = { ...notPending, state: workingState(survivor), handled_at: ctx.now() }
    const saved = await saveTicket(ctx, survivor, changes, said)
    wakeNoMore(ctx, saved)
    await recordAbout(ctx, saved, ticketResumed, { by: 'reply' })
  } else if (survivor.state === 'resolved') {
    const saved = await saveTicket(ctx, survivor, reopened(ctx, survivor), said)
    closeNoMore(ctx, saved)
    // Internal: the survivor's own requester is not told who said so.
    await recordAbout(ctx, saved, ticketReopened, { from: 'resolved', reason: null, by: 'reply' }, { milestone: true })
  } else if (isOpen(survivor.state as TicketState)) await saveTicket(ctx, survivor, {}, said)
}
