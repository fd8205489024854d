import { eventInput, ref, refId } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { recordOn } from '../desk/index.ts'
import { userDisabled } from '../identity/index.ts'
import { askStandIns } from './ask.ts'
import { approvalHandedOn } from './events.ts'
import { lockRequest } from './request-rows.ts'
import { needNotAnswer } from './tell.ts'

/** What somebody who has left was asked goes on to the leads of the team that fulfils it; the ticket says so. */
export const handOnApprovals = verb('approval.hand_on', {
  permission: 'system',
  input: eventInput(userDisabled),
  async run(ctx, event) {
    const userId = refId(event.subject)
    const user = await ctx.db
      .selectFrom('users')
      .select(['name', 'disabled_at'])
      .where('id', '=', userId)
      .executeTakeFirst()
    // He may be back by now.
    if (!user?.disabled_at) return ctx.unchanged(null)
    const open = await ctx.db
      .selectFrom('request_approvals')
      .select(['id', 'request_id'])
      .where('user_id', '=', userId)
      .where('state', '=', 'asked')
      .orderBy('request_id')
      .execute()
    let handed = 0
    for (const { id, request_id } of open) {
      const request = await lockRequest(ctx, request_id)
      const left = await ctx.db
        .updateTable('request_approvals')
        .set({ state: 'left', decided_at: ctx.now() })
        .where('id', '=', id)
        .where('state', '=', 'asked')
        .returningAll()
        .executeTakeFirst()
      if (!request || !left) continue
      await needNotAnswer(ctx, [id])
      const names = await askStandIns(ctx, request, left, `${user.name} has left`)
      const why = `${user.name} has left without answering; ${names.length > 0 ? `${names.join(', ')} decide${names.length > 1 ? '' : 's'} instead.` : 'there is nobody who could decide instead.'}`
      await recordOn(
        ctx,
        request.ticket_id,
        approvalHandedOn,
        { from: user.name, why: why.replace('..', '.') },
        { forRequester: true, about: [ref('user', userId)] },
      )
      handed += 1
    }
    return handed > 0 ? null : ctx.unchanged(null)
  },
})
