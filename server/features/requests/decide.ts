import { decideInput } from '../../../contract/requests/index.ts'
import type { Scope } from '../../platform/access.ts'
import { type Context, requireUser } from '../../platform/context.ts'
import { AppError, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { useLink } from '../../platform/signed-link.ts'
import { verb } from '../../platform/verb.ts'
import { cancelRefused, goOnApproved, heldBack, recordOn, sayOn } from '../desk/index.ts'
import { showApprovalOf } from './approval-view.ts'
import { askStage, expiryKey } from './ask.ts'
import { approvalGiven, approvalRefused } from './events.ts'
import { missingSteps, waitsFor, wasRefused } from './hold-words.ts'
import { type ApprovalRow, approvalsOf, askedNow, lockRequest, type RequestRow, stepsLeft } from './request-rows.ts'
import { type Said, stageOutcome } from './stage-outcome.ts'
import { needNotAnswer } from './tell.ts'

/** The approval as it may be touched by whoever acts: his own, or the one that his link names. Throws `not_found`. */
export const requireMine = async (ctx: Context, id: string, userId: string): Promise<ApprovalRow> => {
  const row = await ctx.db.selectFrom('request_approvals').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || row.user_id !== userId || !covers(ctx.scope, id)) throw notFound('The approval')
  return row
}

const covers = (scope: Scope, id: string) => scope.rows !== 'ids' || scope.ids.includes(ref('approval', id))

/**
 * Approves or refuses: by whoever was asked, signed in or by the link of a mail, never by whoever asked. Who comes
 * later is told what was decided. The last approval sends the ticket on to its team; a refusal cancels it with the
 * reason.
 */
export const decideApproval = verb('approval.decide', {
  permission: 'approval.decide',
  input: decideInput,
  async run(ctx, { id, decision, reason }) {
    const userId = requireUser(ctx)
    const { request_id } = await requireMine(ctx, id, userId)
    const request = await lockRequest(ctx, request_id)
    if (!request) throw notFound('The approval')
    if (ctx.actor.kind === 'link') await useLink(ctx, ctx.actor.id)
    if (request.requester_id === userId)
      throw new AppError('forbidden', `You asked for ${request.number} yourself, so somebody else must approve it.`)
    const answer = async (result: 'approved' | 'refused' | 'already' | 'over') => ({
      result,
      approval: await showApprovalOf(ctx, id),
    })
    const before = await requireMine(ctx, id, userId)
    if (before.state !== 'asked' || !request.ticketOpen)
      return ctx.unchanged(await answer(isDecision(before.state) ? 'already' : 'over'))
    const decided = await ctx.db
      .updateTable('request_approvals')
      .set({
        state: decision === 'approve' ? 'approved' : 'refused',
        reason: reason ?? null,
        decided_at: ctx.now(),
        by_link: ctx.actor.kind === 'link',
      })
      .where('id', '=', id)
      .where('state', '=', 'asked')
      .returningAll()
      .executeTakeFirst()
    if (!decided) return ctx.unchanged(await answer('over'))
    await needNotAnswer(ctx, [id])
    if (decision === 'approve') await approved(ctx, request, decided)
    else await refused(ctx, request, decided)
    return answer(decision === 'approve' ? 'approved' : 'refused')
  },
})

const isDecision = (state: string) => state === 'approved' || state === 'refused'

const told = (a: ApprovalRow) => ({ forRequester: true, about: [ref('user', a.user_id ?? '')] })

const approved = async (ctx: Context, request: RequestRow, a: ApprovalRow) => {
  const data = { reason: a.reason, byLink: a.by_link }
  await recordOn(ctx, request.ticket_id, approvalGiven, data, told(a))
  const stage = (await approvalsOf(ctx.db, request.id)).filter((one) => one.stage === request.stage)
  const all = request.approvals[request.stage]?.all ?? false
  // One word from a seat is enough: whoever else sits there need not answer.
  const outcome = stageOutcome(all, stage as Said[])
  await end(ctx, request, outcome === 'passed' ? undefined : a.seat)
  if (outcome !== 'passed') {
    const names = (await askedNow(ctx.db, request.id)).map(({ name }) => name)
    return heldBack(ctx, request.ticket_id, waitsFor(request.number, names))
  }
  if (request.stage + 1 < request.approvals.length) return askStage(ctx, request, request.stage + 1)
  ctx.cancelDue(expiryKey(request.id))
  await settle(ctx, request, 'approved')
  await sayOn(ctx, request.ticket_id, `Approved${a.reason ? `: ${a.reason}` : '.'}`)
  const left = await stepsLeft(ctx.db, request.id)
  await goOnApproved(ctx, request.ticket_id, missingSteps(request.number, left))
}

const refused = async (ctx: Context, request: RequestRow, a: ApprovalRow) => {
  const reason = a.reason ?? ''
  await recordOn(ctx, request.ticket_id, approvalRefused, { reason, byLink: a.by_link }, told(a))
  await end(ctx, request)
  ctx.cancelDue(expiryKey(request.id))
  await settle(ctx, request, 'refused')
  await sayOn(ctx, request.ticket_id, `Refused: ${reason}`)
  const by = 'name' in ctx.actor ? ctx.actor.name : 'an approver'
  await cancelRefused(ctx, request.ticket_id, {
    reason: `Refused: ${reason}`,
    held: wasRefused(request.number, by),
  })
}

const settle = async (ctx: Context, request: RequestRow, state: 'approved' | 'refused') => {
  await ctx.db.updateTable('requests').set({ state, decided_at: ctx.now() }).where('id', '=', request.id).execute()
}

/** Whoever is still asked need not answer any more: of one seat, or of all. */
export const end = async (
  ctx: Context,
  request: RequestRow,
  seat?: string,
  state: 'not_needed' | 'expired' = 'not_needed',
): Promise<string[]> => {
  const rows = await askedNow(ctx.db, request.id)
  const ended = rows.filter((r) => seat === undefined || r.seat === seat)
  if (ended.length === 0) return []
  const ids = ended.map(({ id }) => id)
  await ctx.db.updateTable('request_approvals').set({ state, decided_at: ctx.now() }).where('id', 'in', ids).execute()
  await needNotAnswer(ctx, ids)
  return ended.map(({ name }) => name)
}
