import type { ReadContext } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { type ApprovalRow, approvalsOf, findRequests } from './request-rows.ts'
import { answersOf, namesOfAsked, requesterOf, showApproval } from './request-view.ts'

/** Approvals with all that their approvers need to decide, in the order given. */
export const showApprovals = async (ctx: ReadContext, rows: readonly ApprovalRow[]) => {
  if (rows.length === 0) return []
  const ids = rows.map((r) => r.request_id)
  const requests = await findRequests(ctx.db, ids)
  const all = await approvalsOf(ctx.db, ...new Set(ids))
  const names = await namesOfAsked(ctx, all)
  const answers = new Map<string, Awaited<ReturnType<typeof answersOf>>>()
  for (const request of requests.values()) answers.set(request.id, await answersOf(ctx, request))
  return rows.flatMap((row) => {
    const request = requests.get(row.request_id)
    if (!request) return []
    const others = all.filter(({ id, request_id }) => request_id === request.id && id !== row.id)
    return {
      ...showApproval(row, names, true),
      ticket: { id: request.ticket_id, number: request.number, title: request.title },
      type: request.type_name,
      requester: requesterOf(request),
      answers: answers.get(request.id) ?? [],
      requestState: request.state,
      others: others.map((a) => showApproval(a, names, false)),
    }
  })
}

export const showApprovalOf = async (ctx: ReadContext, id: string) => {
  const row = await ctx.db.selectFrom('request_approvals').selectAll().where('id', '=', id).executeTakeFirst()
  const [shown] = row ? await showApprovals(ctx, [row]) : []
  if (!shown) throw notFound('The approval')
  return shown
}
