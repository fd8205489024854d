import { replyInput, type TicketState } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import type { Happened } from './clock-facts.ts'
import { closeNoMore } from './close-by-itself.ts'
import { ticketReopened, ticketReplied, ticketResumed } from './events.ts'
import { followUp } from './follow-up.ts'
import { holdLinks } from './link-rows.ts'
import { addMessage, filesOf } from './messages.ts'
import { recordAbout } from './record.ts'
import { reopened } from './reopened.ts'
import { requireRead } from './require-read.ts'
import { answersRequester } from './response.ts'
import { acted, saveTicket } from './save.ts'
import { replyThrough } from './say-through.ts'
import { tellFamily } from './tell-family.ts'
import { lockTicket, ruledActor, type Ticket, takeTicket } from './ticket.ts'
import { notPending, wakeNoMore } from './wake.ts'
import { workingState } from './working-state.ts'

/**
 * Replies in public. The first reply of a human at the desk stops the first-response clock; the requester's reply sets
 * a pending or resolved ticket going again; after it is over, a reply opens a new ticket that names the old one.
 */
export const replyTicket = verb('ticket.reply', {
  permission: 'ticket.reply',
  input: replyInput,
  async run(ctx, { id, body, attachments, toChildren, seen }) {
    if (toChildren) await requireDesk(ctx)
    let state: TicketState = 'new'
    const ticket = await takeTicket(ctx, id, (t, actor, into) => {
      state = into?.state ?? (t.state as TicketState)
      return isOver(state) && (!actor.desk || actor.userId === t.requester_id) ? 'followUp' : 'reply'
    })
    if (isOver(state)) return followUp(ctx, ticket, body, state, attachments)
    if (seen !== undefined) await requireRead(ctx, ticket, seen)
    if (ticket.merged_into_id) return replyThrough(ctx, ticket, body, attachments)
    const message = await addMessage(ctx, ticket.id, 'public', body, attachments)
    const userId = ruledActor(ctx).userId
    const byRequester = userId !== null && userId === ticket.requester_id
    const firstResponse = answersRequester(ctx, ticket)
    const saved = await saveTicket(
      ctx,
      ticket,
      changesOf(ctx, ticket, byRequester, firstResponse),
      saidBy(ctx, byRequester),
    )
    const said = { messageId: message.id, body: message.body, byRequester, firstResponse, ...filesOf(message) }
    await recordAbout(ctx, saved, ticketReplied, said, { forRequester: true })
    if (byRequester) await setGoing(ctx, ticket, saved)
    else await tellFamily(ctx, saved, message, toChildren)
    return { ...(await acted(ctx, saved)), message, followUp: null }
  },
})

const isOver = (state: TicketState) => state === 'closed' || state === 'cancelled'

const requireDesk = async (ctx: Context) => {
  if (!ruledActor(ctx).desk) throw invalid('toChildren', 'is for the support desk; leave it out')
  await holdLinks(ctx)
}

/** Whoever is not of the desk speaks as a customer; of the desk only a person answers, never a program. */
const saidBy = (ctx: Context, byRequester: boolean): Happened[] => {
  if (byRequester || !ruledActor(ctx).desk) return [{ what: 'customer' }]
  return ctx.actor.kind === 'user' || ctx.actor.kind === 'link' ? [{ what: 'agent' }] : []
}

const changesOf = (ctx: Context, ticket: Ticket, byRequester: boolean, firstResponse: boolean) => {
  if (goesOn(ticket, byRequester)) return { ...notPending, state: workingState(ticket), handled_at: ctx.now() }
  if (byRequester && ticket.state === 'resolved') return reopened(ctx, ticket)
  return {
    ...(firstResponse ? { first_response_at: ctx.now() } : {}),
    // Whoever answers in the name of the desk has looked at it.
    ...(ticket.state === 'new' && !byRequester && ruledActor(ctx).desk ? { state: 'in_progress' } : {}),
  }
}

/** The requester's word ends every waiting but that for an approval, which somebody else must give. */
const goesOn = (ticket: Ticket, byRequester: boolean): boolean =>
  byRequester && ticket.state === 'pending' && ticket.pending_reason !== 'approval'

const setGoing = async (ctx: Context, before: Ticket, saved: Ticket) => {
  if (goesOn(before, true)) {
    wakeNoMore(ctx, saved)
    await recordAbout(ctx, saved, ticketResumed, { by: 'reply' }, { forRequester: true })
  }
  if (before.state === 'resolved') {
    closeNoMore(ctx, saved)
    const data = { from: 'resolved', reason: null, by: 'reply' } as const
    await recordAbout(ctx, saved, ticketReopened, data, { milestone: true, forRequester: true })
  }
}

/**
 * Says something in public on a ticket that is open or resolved, in the name of whoever acts and without setting it
 * going: it is no answer of the desk. Inner function; does nothing when there is no such ticket.
 */
export const sayOn = async (ctx: Context, ticketId: string, text: string): Promise<void> => {
  const ticket = await lockTicket(ctx, ticketId)
  if (!ticket) return
  const message = await addMessage(ctx, ticket.id, 'public', text)
  const saved = await saveTicket(ctx, ticket, {})
  const said = { messageId: message.id, body: message.body, byRequester: false, firstResponse: false }
  await recordAbout(ctx, saved, ticketReplied, said, { forRequester: true })
}
