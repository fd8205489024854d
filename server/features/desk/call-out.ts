import { callOutInput } from '../../../contract/desk/index.ts'
import { verb } from '../../platform/verb.ts'
import { ticketCalledOut } from './events.ts'
import { addMessage } from './messages.ts'
import { recordAbout } from './record.ts'
import { answersRequester } from './response.ts'
import { acted, saveTicket } from './save.ts'
import { ruledActor, takeTicket } from './ticket.ts'

/**
 * Logs a call to those who ask. One in which somebody was reached answers them as a reply does (specification of first
 * response: the first public message or logged outbound call of a human); what was said stays inside the desk.
 */
export const callOut = verb('ticket.call_out', {
  permission: 'ticket.work',
  input: callOutInput,
  async run(ctx, { id, body, reached }) {
    const ticket = await takeTicket(ctx, id, 'callOut')
    const message = await addMessage(ctx, ticket.id, 'internal', body)
    const { userId } = ruledActor(ctx)
    const byPerson = ctx.actor.kind === 'user' && userId !== ticket.requester_id
    const firstResponse = reached && answersRequester(ctx, ticket)
    const saved = await saveTicket(
      ctx,
      ticket,
      {
        ...(firstResponse ? { first_response_at: ctx.now() } : {}),
        // Whoever calls has looked at it.
        ...(ticket.state === 'new' ? { state: 'in_progress' } : {}),
      },
      reached && byPerson ? [{ what: 'agent' }] : [],
    )
    await recordAbout(ctx, saved, ticketCalledOut, {
      messageId: message.id,
      body: message.body,
      reached,
      firstResponse,
    })
    return { ...(await acted(ctx, saved)), message }
  },
})
