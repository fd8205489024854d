import { plusSeconds } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { eventInput, ref, refId } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { closeAfterDays, ticketReopened, ticketResolved } from '../desk/index.ts'
import { stopTelling } from '../notify/index.ts'
import { reopening, resolution } from './letters.ts'
import { readersOf, ticketFacts } from './readers.ts'
import { UNDO_SECONDS, writeMail } from './write.ts'

const waiting = (ticketId: string) => ref('resolution', ticketId)

/** Tells that it is resolved and how, once it can no longer be a slip. */
export const mailResolved = verb('mailbox.mail_resolved', {
  permission: 'system',
  input: eventInput(ticketResolved),
  async run(ctx, event) {
    const ticket = await ticketFacts(ctx, refId(event.subject))
    // The reopening may have been seen first.
    if (!ticket || (ticket.state !== 'resolved' && ticket.state !== 'closed')) return ctx.unchanged(null)
    const byItself = event.actor.kind === 'system' || event.actor.kind === 'source'
    const days = await closeAfterDays(ctx)
    const said = { by: byItself ? null : event.actor.name, words: event.data.resolution, days }
    await writeMail(ctx, {
      ticket,
      readers: await readersOf(ctx, ticket.id, event.actor),
      of: event.id,
      words: (tie) => resolution(ticket, tie, said),
      automatic: byItself,
      subject: waiting(ticket.id),
      reason: 'It was resolved.',
      at: plusSeconds(event.at, UNDO_SECONDS),
    })
    return ctx.unchanged(null)
  },
})

/** Takes the mail about a resolution back that was taken back itself; a reopening by hand later is told. */
export const mailReopened = verb('mailbox.mail_reopened', {
  permission: 'system',
  input: eventInput(ticketReopened),
  async run(ctx, event) {
    const ticket = await ticketFacts(ctx, refId(event.subject))
    if (!ticket) return ctx.unchanged(null)
    await stopTelling(ctx, waiting(ticket.id))
    // A reply that reopens it is told as a reply; and who was not told of the end needs not be told of its end, but for
    // whoever has it and thought that it was over.
    const all = event.data.by === 'reply' ? [] : await readersOf(ctx, ticket.id, event.actor)
    const readers = (await wasTold(ctx, ticket.id)) ? all : all.filter(({ tie }) => tie === 'owner')
    const said = { by: event.actor.name, reason: event.data.reason }
    await writeMail(ctx, {
      ticket,
      readers,
      of: event.id,
      words: (tie) => reopening(ticket, tie, said),
      subject: ref('conversation', ticket.id),
      reason: 'It was opened again.',
    })
    return ctx.unchanged(null)
  },
})

const wasTold = async (ctx: Context, ticketId: string): Promise<boolean> => {
  const last = await ctx.db
    .selectFrom('deliveries')
    .select('state')
    .where('subject', '=', waiting(ticketId))
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last !== undefined && last.state !== 'cancelled'
}
