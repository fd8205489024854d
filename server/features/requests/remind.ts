import { z } from 'zod'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { recordOn } from '../desk/index.ts'
import { findUser } from '../identity/index.ts'
import { remindLater } from './ask.ts'
import { approvalReminded } from './events.ts'
import { lockRequest } from './request-rows.ts'
import { tellApprover } from './tell.ts'

/** Reminds somebody of what he was asked, and leaves the next reminder; looks first whether he is still asked. */
export const remindApprover = verb('approval.remind', {
  permission: 'system',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const found = await ctx.db
      .selectFrom('request_approvals')
      .select('request_id')
      .where('id', '=', id)
      .executeTakeFirst()
    const request = found ? await lockRequest(ctx, found.request_id) : null
    if (!request?.ticketOpen) return ctx.unchanged(null)
    const row = await ctx.db
      .updateTable('request_approvals')
      .set((eb) => ({ reminders: eb('reminders', '+', 1) }))
      .where('id', '=', id)
      .where('state', '=', 'asked')
      .returningAll()
      .executeTakeFirst()
    if (!row?.user_id) return ctx.unchanged(null)
    const person = (await findUser(ctx.db, row.user_id))?.name ?? 'Somebody'
    await tellApprover(ctx, request, { id, userId: row.user_id, why: row.why, expiresAt: row.expires_at }, 'reminded')
    remindLater(ctx, row)
    await recordOn(
      ctx,
      request.ticket_id,
      approvalReminded,
      { person, times: row.reminders },
      { about: [ref('user', row.user_id)] },
    )
    return null
  },
})
