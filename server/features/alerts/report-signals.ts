import type { Context } from '../../platform/context.ts'
import { createFloodGauge, dueOf } from './flip-due.ts'
import { countIntake } from './journal.ts'
import type { Signal } from './signal.ts'
import { type Stored, storeSignals } from './store-signals.ts'
import { tidy } from './tidy.ts'

const priorityOf = createFloodGauge()

/**
 * Takes signals in, in the caller's transaction, without a journal: for what finds trouble inside of Watchfloor. Their
 * alerts follow from due work after the commit. Inner function.
 */
export const reportSignals = async (ctx: Context, sourceId: string, signals: readonly Signal[]): Promise<void> => {
  const stored = await keepSignals(ctx, sourceId, signals, null)
  for (const work of dueOf(stored, ctx.now(), priorityOf)) ctx.due(work)
}

/** As `reportSignals`, but leaves the alerts to the caller. */
export const keepSignals = async (
  ctx: Context,
  sourceId: string,
  signals: readonly Signal[],
  journalId: string | null,
  /** Whether they count as heard from the source; when they came first, if they are read again. */
  { heard = true, first }: { heard?: boolean; first?: Temporal.Instant } = {},
): Promise<Stored> => {
  if (signals.length === 0) return { flips: [], acknowledged: [], changes: [], written: [] }
  const at = Temporal.Instant.fromEpochMilliseconds(ctx.now().epochMilliseconds)
  const received = signals.map((s) => ({ sourceId, signal: tidy(s), journalId }))
  const also = heard ? [countIntake([{ sourceId, signals: signals.length, problem: null }], at)] : []
  return storeSignals(ctx.db, received, at, also, { take: true, ...(first ? { first } : {}) })
}
