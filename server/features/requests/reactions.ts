import type { Context } from '../../platform/context.ts'
import { eventInput, ref, refId } from '../../platform/events.ts'
import type { Reaction } from '../../platform/registry-of-work.ts'
import { verb } from '../../platform/verb.ts'
import { unitDeleted } from '../catalog/index.ts'
import { heldBack, recordOn, ticketCancelled, ticketReopened } from '../desk/index.ts'
import { userDisabled } from '../identity/index.ts'
import { askStage, expiryKey } from './ask.ts'
import { end } from './decide.ts'
import { approvalWithdrawn } from './events.ts'
import { forgetUnit } from './forget-unit.ts'
import { handOnApprovals } from './hand-on.ts'
import { findRequestOf, lockRequest, type RequestRow } from './request-rows.ts'

const requestOf = async (ctx: Context, subject: string): Promise<RequestRow | null> => {
  if (!subject.startsWith('ticket:')) return null
  const found = await findRequestOf(ctx.db, refId(subject))
  return found ? lockRequest(ctx, found.id) : null
}

/** The ticket was cancelled before anybody decided: nobody need answer any more. Looks first whether that is still so. */
export const withdrawApprovals = verb('approval.withdraw', {
  permission: 'system',
  input: eventInput(ticketCancelled),
  async run(ctx, event) {
    const request = await requestOf(ctx, event.subject)
    if (request?.state !== 'waiting' || request.ticketOpen) return ctx.unchanged(null)
    await ctx.db.updateTable('requests').set({ state: 'withdrawn' }).where('id', '=', request.id).execute()
    ctx.cancelDue(expiryKey(request.id))
    const asked = await ctx.db
      .selectFrom('request_approvals')
      .select('user_id')
      .where('request_id', '=', request.id)
      .where('state', '=', 'asked')
      .execute()
    const people = await end(ctx, request)
    const about = asked.flatMap((a) => (a.user_id ? [ref('user', a.user_id)] : []))
    await recordOn(ctx, request.ticket_id, approvalWithdrawn, { people }, { forRequester: true, about })
    return null
  },
})

/** It is open again although nobody had decided: it is asked for again, so that nothing goes past an approval. */
export const resumeApprovals = verb('approval.resume', {
  permission: 'system',
  input: eventInput(ticketReopened),
  async run(ctx, event) {
    const request = await requestOf(ctx, event.subject)
    if (request?.state !== 'withdrawn' || !request.ticketOpen) return ctx.unchanged(null)
    await heldBack(ctx, request.ticket_id, null)
    await askStage(ctx, request, 0)
    return null
  },
})

export const reactions: Reaction[] = [
  { event: unitDeleted, verb: forgetUnit },
  { event: userDisabled, verb: handOnApprovals },
  { event: ticketCancelled, verb: withdrawApprovals },
  { event: ticketReopened, verb: resumeApprovals },
]
