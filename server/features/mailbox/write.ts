import type { Instant } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { writeLetters } from '../notify/index.ts'
import type { Tie } from './letters.ts'
import { mailId, threadRoot } from './mail-id.ts'
import type { Reader, TicketFacts } from './readers.ts'

type Mail = {
  ticket: TicketFacts
  readers: readonly Reader[]
  /** Of the message or the event that it tells: the same words have one Message-ID, whoever reads them. */
  of: string
  words(tie: Tie): { title: string; lines: string[]; links: { label: string; url: string }[] }
  /** Nobody wrote it. */
  automatic?: boolean
  /** By which it can be stopped. */
  subject: string
  reason: string
  at?: Instant
}

/** For so long the pages offer to take an act back. */
export const UNDO_SECONDS = 15

/** A header that grew with each mail of a long ticket would outgrow what servers take. */
const MOST_REFERENCES = 20

/** Writes one mail of a ticket's conversation to each of its readers, as an answer to those before it. */
export const writeMail = async (ctx: Context, mail: Mail): Promise<void> => {
  const { ticket, readers } = mail
  if (readers.length === 0) return
  const own = mailId(ctx.crypto, ticket.id, mail.of)
  const before = await ctx.db
    .selectFrom('ticket_mails')
    .select('message_id')
    .where('ticket_id', '=', ticket.id)
    .orderBy('at', 'desc')
    .orderBy('message_id')
    .limit(MOST_REFERENCES)
    .execute()
  const references = before.map((m) => m.message_id).toReversed()
  await ctx.db
    .insertInto('ticket_mails')
    .values({ message_id: own, ticket_id: ticket.id, at: ctx.now() })
    .onConflict((c) => c.doNothing())
    .execute()
  await writeLetters(
    ctx,
    readers.map(({ id, email, tie }) => ({
      userId: id,
      email,
      message: {
        ...mail.words(tie),
        thread: { id: threadRoot(ctx.crypto, ticket.id), references, own },
        ...(mail.automatic ? { automatic: true } : {}),
      },
      subject: mail.subject,
      // That the requester was told belongs to the ticket's story; forty lines for forty watchers do not.
      about: tie === 'requester' ? [ref('ticket', ticket.id)] : [],
      reason: `${mail.reason} ${ties[tie]}`,
      ...(mail.at ? { at: mail.at } : {}),
    })),
  )
}

const ties: Record<Tie, string> = {
  requester: 'Asked for it.',
  watcher: 'Watches it.',
  owner: 'Has it.',
  sender: 'Had it, or escalated it.',
  affected: 'Said that it hurts them too.',
}
