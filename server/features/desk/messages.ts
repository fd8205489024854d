import type { AttachmentView } from '../../../contract/desk/index.ts'
import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { cut } from '../../platform/text.ts'
import { attachFiles } from './attachments/attach.ts'
import { keepText } from './search-text.ts'

export type MessageKind = 'public' | 'internal'

/** The files of a message as its event carries them. */
export const filesOf = ({ attachments }: { attachments: AttachmentView[] }) =>
  attachments.length > 0 ? { attachments } : {}

/** Keeps what was said on a ticket, with its files; returns it as readers get it. */
export const addMessage = async (
  ctx: Context,
  ticketId: string,
  kind: MessageKind,
  body: string,
  attachments: readonly string[] = [],
) => {
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
  await keepText(ctx, [ticketId])
  const files = await attachFiles(ctx, attachments, { ticketId, messageId: message.id, internal: kind === 'internal' })
  return { ...message, author, attachments: files ?? [] }
}
