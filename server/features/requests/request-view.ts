import { canRequest } from '../../../contract/requests/index.ts'
import { scopeFor } from '../../platform/access.ts'
import type { ReadContext } from '../../platform/context.ts'
import { userNames } from '../identity/index.ts'
import { answersInWords, summaryOf } from './answer-words.ts'
import { namesIn } from './references.ts'
import { type ApprovalRow, approvalsOf, findRequests, type RequestRow } from './request-rows.ts'

/** One who was asked. Why it is he names teams, which is the desk's own. */
export const showApproval = (a: ApprovalRow, names: ReadonlyMap<string, string>, why: boolean) => ({
  id: a.id,
  stage: a.stage,
  person: a.user_id ? { id: a.user_id, name: names.get(a.user_id) ?? 'Somebody' } : null,
  state: a.state as 'asked',
  why: why ? a.why : '',
  reason: a.reason,
  askedAt: a.asked_at,
  expiresAt: a.expires_at,
  decidedAt: a.decided_at,
  byLink: a.by_link,
  reminders: a.reminders,
})

export const namesOfAsked = (ctx: ReadContext, approvals: readonly ApprovalRow[]) =>
  userNames(
    ctx.db,
    approvals.flatMap((a) => (a.user_id ? [a.user_id] : [])),
  )

export const answersOf = async (ctx: Pick<ReadContext, 'db'>, r: RequestRow) =>
  answersInWords(r.form, r.answers, await namesIn(ctx.db, r.form, r.answers))

export const requesterOf = (r: RequestRow) =>
  r.requester_id ? { id: r.requester_id, name: r.requester_name ?? '' } : null

/** A request with all that its page shows, for a reader whose right to its ticket was checked. */
export const viewOf = async (ctx: ReadContext, id: string) => {
  const r = (await findRequests(ctx.db, [id])).get(id)
  if (!r) throw new Error(`There is no request ${id}.`)
  const { internal } = ctx.scope
  const approvals = await approvalsOf(ctx.db, id)
  const names = await namesOfAsked(ctx, approvals)
  const answers = await answersOf(ctx, r)
  const worksTickets = scopeFor(ctx.actor, 'ticket.work') !== null
  return {
    id: r.id,
    ticket: { id: r.ticket_id, number: r.number, title: r.title },
    type: { id: r.type_id, slug: r.type_slug, name: r.type_name },
    formVersion: r.type_version,
    form: r.form,
    answers,
    given: r.answers,
    summary: summaryOf(answers),
    requester: requesterOf(r),
    state: r.state,
    stage: r.stage,
    stages: r.approvals.length,
    approvals: approvals.map((a) => showApproval(a, names, internal)),
    steps: internal ? await stepsOf(ctx, id) : [],
    createdAt: r.created_at,
    decidedAt: r.decided_at,
    can: {
      tick: worksTickets ? canRequest.tick(r) : 'Only the support teams do this.',
      askAgain: worksTickets
        ? canRequest.askAgain({ ...r, asked: approvals.filter((a) => a.state === 'asked').length })
        : 'Only the support teams do this.',
      delegate: r.state === 'waiting' && mayDelegateFor(ctx, r.team_id),
    },
  }
}

/** Whether this actor may pass on what others of this team are asked for. */
export const mayDelegateFor = (ctx: Pick<ReadContext, 'actor'>, teamId: string): boolean => {
  const scope = scopeFor(ctx.actor, 'approval.delegate')
  return scope !== null && (scope.rows === 'all' || (scope.rows === 'team' && scope.teamIds.includes(teamId)))
}

const stepsOf = async (ctx: ReadContext, requestId: string) => {
  const rows = await ctx.db
    .selectFrom('request_steps')
    .selectAll()
    .where('request_id', '=', requestId)
    .orderBy('position')
    .execute()
  return rows.map((s) => ({
    id: s.id,
    title: s.title,
    help: s.help,
    required: s.required,
    doneAt: s.done_at,
    doneBy: s.done_by_name,
  }))
}
