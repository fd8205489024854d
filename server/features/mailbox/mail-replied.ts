import { eventInput, ref, refId } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { ticketReplied } from '../desk/index.ts'
import { reply } from './letters.ts'
import { readersOf, ticketFacts } from './readers.ts'
import { notToldElsewhere } from './told-elsewhere.ts'
import { writeMail } from './write.ts'

/** Sends a public reply on. A note has no such event, and never gets here. */
export const mailReplied = verb('mailbox.mail_replied', {
  permission: 'system',
  input: eventInput(ticketReplied),
  async run(ctx, event) {
    const ticket = await ticketFacts(ctx, refId(event.subject))
    if (!ticket) return ctx.unchanged(null)
    const files = (event.data.attachments ?? []).map((f) => f.name)
    const said = { by: event.actor.name, body: event.data.body, files }
    await writeMail(ctx, {
      ticket,
      readers: await notToldElsewhere(ctx, event.data.messageId, await readersOf(ctx, ticket.id, event.actor)),
      of: event.data.messageId,
      words: (tie) => reply(ticket, tie, said),
      subject: ref('conversation', ticket.id),
      reason: 'A public reply.',
    })
    return ctx.unchanged(null)
  },
})
