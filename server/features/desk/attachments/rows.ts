import type { Selectable } from 'kysely'
import type { AttachmentView } from '../../../../contract/desk/index.ts'
import { actorRow } from '../../../platform/access.ts'
import type { ReadContext } from '../../../platform/context.ts'
import type { Attachments } from '../../../platform/db/schema.gen.ts'
import { ref } from '../../../platform/events.ts'

export type Attachment = Selectable<Attachments>

export const attachmentRef = (a: Pick<Attachment, 'id'>): string => ref('attachment', a.id)

/** Files that were sent and not attached yet are their sender's alone. */
export const isMine = (ctx: Pick<ReadContext, 'actor'>, a: Pick<Attachment, 'uploader_kind' | 'uploader_id'>) => {
  const me = actorRow(ctx.actor)
  return me.id !== null && me.kind === a.uploader_kind && me.id === a.uploader_id
}

type Shown = Pick<Attachment, 'id' | 'name' | 'type' | 'bytes' | 'width' | 'height' | 'state'>

/** As readers see it. `width` and `height`: it may be shown as a picture. */
export const attachmentView = (a: Shown): AttachmentView => ({
  id: a.id,
  name: a.name,
  type: a.type,
  bytes: Number(a.bytes),
  width: a.width,
  height: a.height,
  removed: a.state === 'removed',
})

const MOST_SHOWN = 500

/** All files of a ticket that this reader may see, oldest first, with the message that each belongs to. */
export const attachmentsOf = async (ctx: ReadContext, ticketId: string) => {
  const rows = await ctx.db
    .selectFrom('attachments')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .$if(!ctx.scope.internal, (q) => q.where('internal', '=', false))
    .orderBy('attached_at')
    .orderBy('id')
    .limit(MOST_SHOWN)
    .execute()
  return rows.map((r) => ({ messageId: r.message_id, view: attachmentView(r) }))
}

/** The ids of what was removed from a ticket, and of what came here with the words of another. */
export const removedFrom = async (ctx: ReadContext, ticketId: string): Promise<ReadonlySet<string>> => {
  const rows = await ctx.db
    .selectFrom('attachments')
    .select('id')
    .where((eb) =>
      eb.or([
        eb('ticket_id', '=', ticketId),
        eb(
          'message_id',
          'in',
          eb
            .selectFrom('messages')
            .select('copy_of')
            .where('ticket_id', '=', ticketId)
            .where('copy_of', 'is not', null),
        ),
      ]),
    )
    .where('state', '=', 'removed')
    .execute()
  return new Set(rows.map((r) => r.id))
}

/** The files of messages that were copied here from another ticket, where they lie. */
export const filesOfCopied = async (ctx: Pick<ReadContext, 'db'>, messages: readonly { copy_of: string | null }[]) => {
  const originals = messages.flatMap((m) => m.copy_of ?? [])
  if (originals.length === 0) return []
  const rows = await ctx.db
    .selectFrom('attachments')
    .selectAll()
    .where('message_id', 'in', originals)
    .where('internal', '=', false)
    .orderBy('attached_at')
    .orderBy('id')
    .execute()
  return rows.map((r) => ({ messageId: r.message_id, view: attachmentView(r) }))
}
