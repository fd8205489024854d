import { plusSeconds } from '../../platform/clock.ts'
import { eventInput, ref, refId } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { ticketCancelled } from '../desk/index.ts'
import { cancellation } from './letters.ts'
import { readersOf, ticketFacts } from './readers.ts'
import { UNDO_SECONDS, writeMail } from './write.ts'

/** Tells that it was cancelled and why, once it can no longer be a slip. A reopening stops it, as it does a resolution's. */
export const mailCancelled = verb('mailbox.mail_cancelled', {
  permission: 'system',
  input: eventInput(ticketCancelled),
  async run(ctx, event) {
    const ticket = await ticketFacts(ctx, refId(event.subject))
    if (ticket?.state !== 'cancelled' || event.data.told) return ctx.unchanged(null)
    const said = { by: event.actor.name, reason: event.data.reason }
    await writeMail(ctx, {
      ticket,
      readers: await readersOf(ctx, ticket.id, event.actor),
      of: event.id,
      words: (tie) => cancellation(ticket, tie, said),
      subject: ref('resolution', ticket.id),
      reason: 'It was cancelled.',
      at: plusSeconds(event.at, UNDO_SECONDS),
    })
    return ctx.unchanged(null)
  },
})
