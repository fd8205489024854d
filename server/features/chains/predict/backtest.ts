import { byDraws, byLastTen, byThreeSigma } from './forecasters.ts'
import { type BacktestInput, replay } from './replay.ts'
import { digestOf, type NightDigest, type Score, scoreOf, type Threshold, thresholdFor } from './score.ts'
import { usualLimits } from './verdict.ts'

/** What three forecasters said of the same nights, in the same order. */
export type Replayed = { ours: NightDigest[]; lastTen: NightDigest[]; threeSigma: NightDigest[] }

export type Compared = {
  /** Ours with alarm at a limit. */
  ours: Score
  /** Each baseline with its own alarms, and ours with a threshold that raises no more false ones. */
  baselines: { name: 'last-ten' | 'three-sigma'; baseline: Score; oursAtEqualAlarms: Score; threshold: number }[]
}

/** Replays the nights on record with our forecasts and both baselines. Null if stopped. */
export const replayAll = (input: BacktestInput, stopped: () => boolean = () => false): Replayed | null => {
  const forecasters = [byDraws(input.durations, input.draws), byLastTen, byThreeSigma]
  const found = replay(input, forecasters, digestOf, stopped)
  if (!found) return null
  const [ours, lastTen, threeSigma] = found as [NightDigest[], NightDigest[], NightDigest[]]
  return { ours, lastTen, threeSigma }
}

/** Measures all of them in the same way. `limit`: the odds over which ours raise alarm. */
export const compared = (
  { ours, lastTen, threeSigma }: Replayed,
  limit: Threshold = usualLimits.predictedLate,
): Compared => {
  const beside = (name: Compared['baselines'][number]['name'], own: NightDigest[]) => {
    const baseline = scoreOf(own, 0)
    const threshold = thresholdFor(ours, baseline.falseAlarms)
    return { name, baseline, oursAtEqualAlarms: scoreOf(ours, threshold), threshold }
  }
  return { ours: scoreOf(ours, limit), baselines: [beside('last-ten', lastTen), beside('three-sigma', threeSigma)] }
}
