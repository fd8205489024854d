import { z } from 'zod'
import { userOf } from '../../../platform/access.ts'
import type { ReadContext } from '../../../platform/context.ts'
import { notFound } from '../../../platform/errors.ts'
import { query } from '../../../platform/query.ts'
import { saidToAffected } from '../disturbances/read.ts'
import { visible } from '../ticket.ts'
import { type Attachment, isMine } from './rows.ts'

/**
 * One file, for who may read what it is attached to. What may not be seen is not found, like what is not there: another's
 * ticket, an internal note for requesters, another's upload, one that was removed.
 */
export const readAttachment = query('attachment.get', {
  permission: 'ticket.read',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const row = await ctx.db.selectFrom('attachments').selectAll().where('id', '=', id).executeTakeFirst()
    if (row?.state !== 'stored' || !(await mayRead(ctx, row))) throw notFound('The file')
    return row
  },
})

export const mayRead = async (ctx: ReadContext, a: Attachment): Promise<boolean> => {
  const { internal } = ctx.scope
  if (a.ticket_id === null) return isMine(ctx, a)
  if (a.internal && !internal) return false
  const ticket = await ctx.db
    .selectFrom('tickets')
    .select('id')
    .where('id', '=', a.ticket_id)
    .where(visible(ctx.scope))
    .executeTakeFirst()
  return ticket !== undefined || (await copiedToMe(ctx, a)) || toldToMe(ctx, a)
}

// With what the desk told those whom a disturbance hurts.
const toldToMe = async (ctx: ReadContext, a: Attachment): Promise<boolean> => {
  const userId = userOf(ctx.actor)
  if (!userId || a.message_id === null || a.internal) return false
  const told = await ctx.db
    .selectFrom('messages')
    .select('id')
    .where('id', '=', a.message_id)
    .where(saidToAffected(userId))
    .executeTakeFirst()
  return told !== undefined
}

// With a reply that answered all: its words stand on a ticket of mine.
const copiedToMe = async (ctx: ReadContext, a: Attachment): Promise<boolean> => {
  if (a.message_id === null || a.internal) return false
  const copy = await ctx.db
    .selectFrom('messages')
    .innerJoin('tickets', 'tickets.id', 'messages.ticket_id')
    .select('messages.id')
    .where('messages.copy_of', '=', a.message_id)
    .where(visible(ctx.scope))
    .limit(1)
    .executeTakeFirst()
  return copy !== undefined
}
