import { eventInput, ref, refId } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { ticketOpened } from '../desk/index.ts'
import { receipt } from './letters.ts'
import { readersOf, ticketFacts } from './readers.ts'
import { writeMail } from './write.ts'

const nobody = { kind: 'nobody', id: null }

/**
 * Tells the person who asked that we have it, and by which number: the one mail about an act of one's own, because it is
 * the proof that it arrived. Not to somebody of the desk who opened it at the desk.
 */
export const mailOpened = verb('mailbox.mail_opened', {
  permission: 'system',
  input: eventInput(ticketOpened),
  async run(ctx, event) {
    const ticket = await ticketFacts(ctx, refId(event.subject))
    if (!ticket?.requesterId) return ctx.unchanged(null)
    const own = event.actor.kind === 'user' && event.actor.id === ticket.requesterId
    if (own && event.data.via !== 'portal') return ctx.unchanged(null)
    const readers = (await readersOf(ctx, ticket.id, nobody)).filter((r) => r.tie === 'requester')
    await writeMail(ctx, {
      ticket,
      readers,
      of: event.id,
      words: () => receipt(ticket, own ? null : event.actor.name),
      automatic: true,
      subject: ref('conversation', ticket.id),
      reason: 'A receipt.',
    })
    return ctx.unchanged(null)
  },
})
