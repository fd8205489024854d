import { plusSeconds } from '../../platform/clock.ts'
import { eventInput, ref, refId } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { ticketAssigned } from '../desk/index.ts'
import { stopTelling } from '../notify/index.ts'
import { assignment } from './letters.ts'
import { colleagues, ticketFacts } from './readers.ts'
import { UNDO_SECONDS, writeMail } from './write.ts'

/** Tells whoever was given a ticket by somebody else, and whoever had it, once it can no longer be a slip. */
export const mailAssigned = verb('mailbox.mail_assigned', {
  permission: 'system',
  input: eventInput(ticketAssigned),
  async run(ctx, { id, at, subject, actor, data: { before, after, by } }) {
    const ticket = await ticketFacts(ctx, refId(subject))
    if (!ticket) return ctx.unchanged(null)
    const waiting = ref('assignment', ticket.id)
    // Who was still to be told of the last change was not: of its undoing he needs to hear as little.
    const unaware = async (person: { id: string } | null) =>
      person !== null && (await stopTelling(ctx, waiting, { userId: person.id })) > 0
    const to = [
      ...((await unaware(before)) ? [] : [{ id: before?.id ?? null, tie: 'sender' as const }]),
      ...((await unaware(after)) ? [] : [{ id: after?.id ?? null, tie: 'owner' as const }]),
    ]
    await stopTelling(ctx, waiting)
    await writeMail(ctx, {
      ticket,
      // What a rule gives at the opening is told to nobody by name, and who acknowledged knows.
      readers: by === 'hand' ? await colleagues(ctx, to, actor) : [],
      of: id,
      words: (tie) => assignment(ticket, tie, { by: actor, to: after }),
      subject: waiting,
      reason: 'It was given to somebody.',
      at: plusSeconds(at, UNDO_SECONDS),
    })
    return ctx.unchanged(null)
  },
})
