import type { AlertState } from '../../../contract/alerts/can.ts'
import type { Context } from '../../platform/context.ts'
import { AppError, notFound } from '../../platform/errors.ts'
import { type Alert, lockAlert } from './alert-rows.ts'
import { findSource, type SourceRow } from './source-rows.ts'

export const stateOf = (a: Pick<Alert, 'title' | 'status' | 'acknowledged_at'>, sourceKind: string): AlertState => ({
  title: a.title,
  status: a.status,
  acknowledged: a.acknowledged_at !== null,
  sourceKind,
})

/** Takes an alert for an act of a person. Throws `not_found` or `stale` (If-Match). */
export const takeAlert = async (
  ctx: Context,
  id: string,
): Promise<{ alert: Alert; source: SourceRow; state: AlertState }> => {
  const alert = await lockAlert(ctx, id)
  if (!alert || ctx.scope.rows !== 'all') throw notFound('The alert')
  if (ctx.expected !== null && alert.version !== ctx.expected)
    throw new AppError('stale', `"${alert.title}" has changed since you read it. Load it again.`)
  const source = await findSource(ctx.db, alert.source_id)
  if (!source) throw notFound('The source of the alert')
  return { alert, source, state: stateOf(alert, source.kind) }
}
