import { z } from 'zod'
import { attachmentInput } from '../../../../contract/desk/index.ts'
import type { Context } from '../../../platform/context.ts'
import { effect } from '../../../platform/effect.ts'
import { AppError, notFound } from '../../../platform/errors.ts'
import { ref } from '../../../platform/events.ts'
import { verb } from '../../../platform/verb.ts'
import { ruledActor, ticketRef } from '../ticket.ts'
import { attachmentRemoved } from './events.ts'
import { mayRead } from './read.ts'
import { type Attachment, attachmentRef, isMine } from './rows.ts'

/**
 * Removes a file for good: the desk one that should not be there, such as a picture of a password; anybody what he sent
 * and has not attached. That there was one stays to be seen.
 */
export const removeAttachment = verb('attachment.remove', {
  permission: 'ticket.reply',
  input: attachmentInput,
  async run(ctx, { id }) {
    const row = await ctx.db.selectFrom('attachments').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!row || !(await mayRead(ctx, row))) throw notFound('The file')
    if (row.state === 'removed') return ctx.unchanged({ ok: true as const })
    if (row.ticket_id !== null && !ruledActor(ctx).desk)
      throw new AppError('forbidden', 'Only the support desk removes files from a ticket; ask for it in a reply.')
    if (row.ticket_id === null && !isMine(ctx, row)) throw notFound('The file')
    const ticket = await ticketOf(ctx, row)
    await ctx.db.updateTable('attachments').set({ state: 'removed' }).where('id', '=', id).execute()
    unlinkSoon(ctx, id)
    ctx.record(attachmentRemoved, {
      subject: ticket ? ticketRef(ticket) : attachmentRef(row),
      about: [attachmentRef(row), ticket?.requester_id ? ref('user', ticket.requester_id) : null],
      audience: row.internal ? 'internal' : 'requester',
      team: ticket?.team_id ?? null,
      data: { name: row.name, type: row.type, bytes: Number(row.bytes), number: ticket?.number ?? null },
    })
    return { ok: true as const }
  },
})

const ticketOf = async (ctx: Context, a: Attachment) =>
  a.ticket_id === null
    ? undefined
    : ctx.db
        .selectFrom('tickets')
        .select(['id', 'number', 'team_id', 'requester_id'])
        .where('id', '=', a.ticket_id)
        .executeTakeFirst()

/** The bytes go after the commit: a transaction that rolls back must not have lost them. */
export const unlinkSoon = (ctx: Context, id: string): void =>
  ctx.due({ key: `attachment:${id}:unlink`, at: ctx.now(), run: unlinkFile, input: { id }, priority: 2 })

export const unlinkFile = effect('attachment.unlink', {
  input: z.object({ id: z.uuid() }),
  async begin(ctx, { id }) {
    const row = await ctx.db.selectFrom('attachments').select('state').where('id', '=', id).executeTakeFirst()
    return row === undefined || row.state === 'removed' ? { id } : null
  },
  perform: async ({ id }, { platform }) => platform.store.remove(id),
  settle: async (ctx) => ctx.unchanged(undefined),
})
