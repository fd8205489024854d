import { plusSeconds } from '../../platform/clock.ts'
import { eventInput, ref, refId } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { ticketAssigned } from '../desk/index.ts'
import { stopTelling } from '../notify/index.ts'
import { assignment } from './letters.ts'
import { colleagues, ticketFacts } from './readers.ts'
import { UNDO_SECONDS, writeMail } from './write.ts'

/** Tells whoever was given a ticket by somebody else, once it can no longer be a slip. */
export const mailAssigned = verb('mailbox.mail_assigned', {
  permission: 'system',
  input: eventInput(ticketAssigned),
  async run(ctx, { id, at, subject, actor, data }) {
    const ticket = await ticketFacts(ctx, refId(subject))
    if (!ticket) return ctx.unchanged(null)
    const waiting = ref('assignment', ticket.id)
    await stopTelling(ctx, waiting)
    // A rule that gives it at its opening tells nobody by name, and who acknowledged knows.
    const to = data.by === 'hand' && data.after ? [{ id: data.after.id, tie: 'owner' as const }] : []
    await writeMail(ctx, {
      ticket,
      readers: await colleagues(ctx, to, actor),
      of: id,
      words: (tie) => assignment(ticket, tie, actor.name),
      subject: waiting,
      reason: 'It was given to them.',
      at: plusSeconds(at, UNDO_SECONDS),
    })
    return ctx.unchanged(null)
  },
})
