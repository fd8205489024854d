import { canApproval, delegateInput } from '../../../contract/requests/index.ts'
import { userOf } from '../../platform/access.ts'
import { conflict, invalid, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { recordOn } from '../desk/index.ts'
import { findUser } from '../identity/index.ts'
import { showApprovalOf } from './approval-view.ts'
import { askInstead } from './ask.ts'
import { approvalPassedOn } from './events.ts'
import { askedNow, lockRequest } from './request-rows.ts'
import { mayDelegateFor } from './request-view.ts'
import { needNotAnswer } from './tell.ts'

/** Passes an approval on to somebody else, who then decides in that seat. Also a lead's way out when nobody answers. */
export const delegateApproval = verb('approval.delegate', {
  permission: 'approval.delegate',
  input: delegateInput,
  async run(ctx, { id, userId, reason }) {
    const found = await ctx.db.selectFrom('request_approvals').selectAll().where('id', '=', id).executeTakeFirst()
    const request = found ? await lockRequest(ctx, found.request_id) : null
    const mine = found?.user_id !== null && found?.user_id === userOf(ctx.actor)
    if (!found || !request || !(mine || (ctx.scope.rows !== 'own' && mayDelegateFor(ctx, request.team_id))))
      throw notFound('The approval')
    const to = await findUser(ctx.db, userId)
    if (!to) throw invalid('userId', 'there is no such person; choose somebody else')
    if (to.disabled) throw invalid('userId', `${to.name} has left; choose somebody else`)
    if (to.id === request.requester_id)
      throw invalid('userId', `${to.name} asked for it, and nobody approves their own request; choose somebody else`)
    if ((await askedNow(ctx.db, request.id)).some((a) => a.user_id === to.id))
      throw invalid('userId', `${to.name} is asked for this already; choose somebody else`)
    const passed = await ctx.db
      .updateTable('request_approvals')
      .set({ state: 'passed_on', reason: reason ?? null, decided_at: ctx.now() })
      .where('id', '=', id)
      // Nobody was found for it: whoever leads the team names somebody.
      .where('state', 'in', ['asked', 'nobody'])
      .returningAll()
      .executeTakeFirst()
    if (!passed || !request.ticketOpen || request.state !== 'waiting')
      throw conflict(
        `${request.number}: ${canApproval.decide(found.state as 'expired') ?? 'It is not asked for any more.'}`,
      )
    await needNotAnswer(ctx, [id])
    const from = passed.user_id ? ((await findUser(ctx.db, passed.user_id))?.name ?? null) : null
    const who = 'name' in ctx.actor ? ctx.actor.name : 'Somebody'
    await recordOn(
      ctx,
      request.ticket_id,
      approvalPassedOn,
      { from, to: to.name, reason: reason ?? null },
      { forRequester: true, about: [ref('user', to.id), passed.user_id ? ref('user', passed.user_id) : null] },
    )
    await askInstead(
      ctx,
      request,
      passed,
      { id: to.id, name: to.name },
      `${who} passed it on${reason ? `: ${reason}` : '.'}`,
    )
    return showApprovalOf(ctx, id)
  },
})
