import type { Context } from '../../platform/context.ts'
import type { Alert } from './alert-rows.ts'
import { keepSignals } from './report-signals.ts'
import { type Ending, settleKey } from './settle-key.ts'

/**
 * Ends an alert of which its sender does not say that it is over. Goes the way of a signal, so that a later report is a
 * new alert; but nothing was heard from the source. Call it in the turn of the key.
 */
export const endKey = async (ctx: Context, alert: Alert, ending: Ending): Promise<void> => {
  const { source_id: sourceId, dedup_key: dedupKey, severity } = alert
  const over = {
    kind: 'resolved' as const,
    dedupKey,
    at: null,
    severity,
    summary: ending.reason,
    labels: {},
    links: [],
  }
  await keepSignals(ctx, sourceId, [over], null, { heard: false })
  await settleKey(ctx, { sourceId, dedupKey }, { ending })
}
