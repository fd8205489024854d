import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { cut } from '../../platform/text.ts'

export type MessageKind = 'public' | 'internal'

/** Keeps what was said on a ticket; returns it as readers get it. */
export const addMessage = async (ctx: Context, ticketId: string, kind: MessageKind, body: string) => {
  const author = actorRow(ctx.actor)
  const message = {
    id: newId(),
    kind,
    via: ctx.actor.kind === 'key' ? 'api' : 'web',
    body: cut(body, 20_000),
    at: ctx.now(),
  }
  await ctx.db
    .insertInto('messages')
    .values({
      ...message,
      ticket_id: ticketId,
      author_kind: author.kind,
      author_id: author.id,
      author_name: author.name,
    })
    .execute()
  return { ...message, author }
}
