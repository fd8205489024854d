import type { ReadContext } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { type ApprovalRow, approvalsOf, findRequests, type RequestRow } from './request-rows.ts'
import { answersOf, namesOfAsked, requesterOf, showApproval } from './request-view.ts'

/** Approvals with all that their approvers need to decide, in the order given. */
export const showApprovals = async (ctx: ReadContext, rows: readonly ApprovalRow[]) => {
  const requests = await findRequests(
    ctx.db,
    rows.map((r) => r.request_id),
  )
  const shown = []
  for (const row of rows) {
    const request = requests.get(row.request_id)
    if (request) shown.push(await show(ctx, row, request))
  }
  return shown
}

const show = async (ctx: ReadContext, row: ApprovalRow, request: RequestRow) => {
  const all = await approvalsOf(ctx.db, request.id)
  const names = await namesOfAsked(ctx, all)
  return {
    ...showApproval(row, names, true),
    ticket: { id: request.ticket_id, number: request.number, title: request.title },
    type: request.type_name,
    requester: requesterOf(request),
    answers: await answersOf(ctx, request),
    requestState: request.state,
    others: all.filter(({ id }) => id !== row.id).map((a) => showApproval(a, names, false)),
  }
}

export const showApprovalOf = async (ctx: ReadContext, id: string) => {
  const row = await ctx.db.selectFrom('request_approvals').selectAll().where('id', '=', id).executeTakeFirst()
  const [shown] = row ? await showApprovals(ctx, [row]) : []
  if (!shown) throw notFound('The approval')
  return shown
}
