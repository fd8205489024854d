import type { Instant } from '../../platform/clock.ts'
import { isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import type { Message } from './message.ts'
import { sendingOf } from './queue.ts'

/** A mail of a conversation, to the address of an account: past the notification rules, which are for being woken. */
type Letter = {
  userId: string
  email: string
  message: Pick<Message, 'title' | 'lines' | 'thread' | 'automatic'> & {
    links?: Message['links']
    /** Id of an invitation, whose link is asked of identity when the mail is sent. */
    invitation?: string
  }
  /** Reference of what it is about, by which it is stopped again. */
  subject: string
  about?: string[]
  /** Why this person is written to. */
  reason: string
  /** Not before; at once without it. */
  at?: Instant
}

const AT_ONCE = 500

/** Queues mails; `stopTelling` takes back what has not gone out. */
export const writeLetters = async (ctx: Context, letters: readonly Letter[]): Promise<void> => {
  for (let from = 0; from < letters.length; from += AT_ONCE) await queue(ctx, letters.slice(from, from + AT_ONCE))
}

const queue = async (ctx: Context, letters: readonly Letter[]) => {
  const rows = letters.map((letter) => ({ letter, id: newId(), at: letter.at ?? ctx.now() }))
  await ctx.db
    .insertInto('deliveries')
    .values(
      rows.map(({ letter, id, at }) => ({
        id,
        class: 'conversation',
        user_id: letter.userId,
        channel: 'mail',
        address: letter.email,
        message: JSON.stringify(letter.message),
        subject: letter.subject,
        about: letter.about ?? [],
        reason: letter.reason,
        state: isBefore(ctx.now(), at) ? 'waiting' : 'queued',
        created_at: ctx.now(),
        due_at: at,
      })),
    )
    .execute()
  for (const { letter, id, at } of rows) ctx.due(sendingOf({ id, class: 'conversation', at, userId: letter.userId }))
}
