import { quantile } from '../../platform/robust.ts'
import type { Forecast } from './forecast.ts'
import type { DurationModel } from './predict/durations.ts'
import type { Outlook } from './predict/outlook.ts'

export const instantAt = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(Math.round(ms))
export const instantOrNull = (ms: number | null | undefined): Temporal.Instant | null =>
  ms === null || ms === undefined || !Number.isFinite(ms) ? null : instantAt(ms)

/** The odds to miss it; 1 where it does not end unless somebody acts; null where nobody can say. */
const oddsOf = (outlook: Outlook): number | null => {
  if (outlook.blocked) return 1
  const decides = (outlook.paths[0]?.nodes ?? []).some((node) => outlook.withoutStatistics.includes(node))
  return decides ? null : outlook.odds.miss
}

/** As above; of what is done, 0 or 1. */
export const oddsKnown = ({ outlook, doneAt, due }: Forecast): number | null =>
  doneAt !== null && due !== null ? Number(doneAt > due) : oddsOf(outlook)

export const showOutlook = (outlook: Outlook, due: number) => ({
  odds: oddsOf(outlook),
  endsAt: instantOrNull(outlook.end),
  p10: instantOrNull(outlook.odds.p10),
  p50: instantOrNull(outlook.odds.p50),
  p80: instantOrNull(outlook.odds.p80),
  p90: instantOrNull(outlook.odds.p90),
  p95: instantOrNull(outlook.odds.p95),
  slackMs: outlook.end === null ? null : Math.round(due - outlook.end),
})

export const showForecast = (f: Forecast, due: number) => ({ ...showOutlook(f.outlook, due), odds: oddsKnown(f) })

export const showUsual = (m: DurationModel) => ({
  p10: (m.samples.length > 0 ? quantile(m.samples, 0.1) : m.p50) * 1000,
  p50: m.p50 * 1000,
  p90: m.p90 * 1000,
  runs: m.samples.length,
  basis: m.basis,
  dayClass: m.dayClass,
})
