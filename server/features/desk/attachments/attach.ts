import type { AttachmentView } from '../../../../contract/desk/index.ts'
import { actorRow } from '../../../platform/access.ts'
import type { Context } from '../../../platform/context.ts'
import { invalid } from '../../../platform/errors.ts'
import { limitsOf, megabyteWords } from './limits.ts'
import { attachmentView } from './rows.ts'

type To = { ticketId: string; messageId: string | null; internal: boolean }

/**
 * Attaches files that whoever acts has sent to a ticket, or to one of its messages. Inner function. Throws
 * `invalid_input` when one of them is not there, is somebody else's or is attached already, and when the ticket would
 * hold too much; answers what timelines show, and undefined for no files.
 */
export const attachFiles = async (
  ctx: Context,
  ids: readonly string[],
  to: To,
): Promise<AttachmentView[] | undefined> => {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return undefined
  const me = actorRow(ctx.actor)
  const rows = await ctx.db
    .updateTable('attachments')
    .set({ ticket_id: to.ticketId, message_id: to.messageId, internal: to.internal, attached_at: ctx.now() })
    .where('id', 'in', wanted)
    .where('state', '=', 'stored')
    .where('ticket_id', 'is', null)
    .where('uploader_kind', '=', me.kind)
    .where('uploader_id', '=', me.id)
    .returningAll()
    .execute()
  if (rows.length !== wanted.length)
    throw invalid('attachments', 'one of the files is not there any more, or is attached already; send it again')
  await requireFits(ctx, to.ticketId)
  const byId = new Map(rows.map((r) => [r.id, attachmentView(r)]))
  return wanted.flatMap((id) => byId.get(id) ?? [])
}

const requireFits = async (ctx: Context, ticketId: string) => {
  const { ticket } = limitsOf(ctx.config)
  const { sum } = await ctx.db
    .selectFrom('attachments')
    .select((eb) => eb.fn.sum<string | null>('bytes').as('sum'))
    .where('ticket_id', '=', ticketId)
    .where('state', '=', 'stored')
    .executeTakeFirstOrThrow()
  if (Number(sum ?? 0) > ticket)
    throw invalid(
      'attachments',
      `a ticket holds ${megabyteWords(ticket)} of files; leave some out, or remove others first`,
    )
}
