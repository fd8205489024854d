import { z } from 'zod'
import { attachmentName } from '../../../../contract/desk/index.ts'
import { actorRow } from '../../../platform/access.ts'
import type { Context } from '../../../platform/context.ts'
import { AppError, invalid, notFound } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { verb } from '../../../platform/verb.ts'
import { attachmentUploaded } from './events.ts'
import { limitsOf, megabyteWords } from './limits.ts'
import { attachmentRef, attachmentView, isMine } from './rows.ts'
import { safeName } from './safe-name.ts'

/** Writes the row of a file before its first byte is kept, so that no file is ever without one. */
export const beginUpload = verb('attachment.begin', {
  permission: 'ticket.reply',
  input: z.object({ name: attachmentName, bytes: z.number().int().min(0).nullable() }),
  async run(ctx, { name, bytes }) {
    // What is sent is the sender's own, whatever else he may see.
    void ctx.scope
    const uploader = actorRow(ctx.actor)
    const { file, ticket } = limitsOf(ctx.config)
    if ((await looseBytes(ctx, uploader.id)) + (bytes ?? file) > ticket)
      throw new AppError(
        'too_many',
        `You have sent ${megabyteWords(ticket)} of files that are attached to nothing. Attach or remove some first.`,
      )
    const id = newId()
    await ctx.db
      .insertInto('attachments')
      .values({
        id,
        name: safeName(name),
        bytes: bytes ?? file,
        state: 'uploading',
        uploader_kind: uploader.kind,
        uploader_id: uploader.id,
        uploader_name: uploader.name,
        uploaded_at: ctx.now(),
      })
      .execute()
    return ctx.unchanged({ id })
  },
})

const looseBytes = async (ctx: Context, uploaderId: string | null): Promise<number> => {
  const { sum } = await ctx.db
    .selectFrom('attachments')
    .select((eb) => eb.fn.sum<string | null>('bytes').as('sum'))
    .where('uploader_id', '=', uploaderId)
    .where('ticket_id', 'is', null)
    .where('state', '!=', 'removed')
    .executeTakeFirstOrThrow()
  return Number(sum ?? 0)
}

/** The bytes are there: from now on it can be attached. */
export const finishUpload = verb('attachment.upload', {
  permission: 'ticket.reply',
  input: z.object({
    id: z.uuid(),
    bytes: z.number().int(),
    sha256: z.string(),
    type: z.string(),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
  }),
  async run(ctx, { id, ...facts }) {
    void ctx.scope
    if (facts.bytes === 0) throw invalid('file', 'it is empty; send one that has something in it')
    const row = await ctx.db
      .updateTable('attachments')
      .set({ ...facts, state: 'stored' })
      .where('id', '=', id)
      .where('state', '=', 'uploading')
      .returningAll()
      .executeTakeFirst()
    if (!row || !isMine(ctx, row)) throw notFound('The upload')
    const { name, type, bytes, sha256 } = { ...row, ...facts }
    const about = row.uploader_kind === 'user' ? [`user:${row.uploader_id}`] : []
    ctx.record(attachmentUploaded, { subject: attachmentRef(row), about, data: { name, type, bytes, sha256 } })
    return attachmentView(row)
  },
})

/** An upload that failed leaves no row. */
export const dropUpload = verb('attachment.drop', {
  permission: 'system',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    await ctx.db.deleteFrom('attachments').where('id', '=', id).where('state', '=', 'uploading').execute()
    return ctx.unchanged(undefined)
  },
})
