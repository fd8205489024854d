import { quantile, sorted } from '../../platform/robust.ts'
import type { DurationModel } from './predict/durations.ts'

/** A past run of a job that may be slow while something is wrong. `wrong`: such an incident was open while it ran. */
export type WatchedRun = { job: string; seconds: number; wrong: boolean }

/** How much longer jobs take while such an incident is open, and of how many runs that is known. */
export type Slowdown = { factor: number; runs: number }

/** Fewer runs while something was wrong do not speak for it. */
const LEAST_WRONG = 8
/** Fewer runs in peace do not say what a job takes. */
const LEAST_QUIET = 5
/** Beyond that it was not slow but stuck, which is no measure of how long the others take. */
const MOST = 4

/**
 * The middle of how much longer each run took than its job does in peace, of all these jobs together. Null where too few
 * ran while something was wrong. Never below 1: an incident is no reason to expect anything sooner.
 */
export const slowdownOf = (runs: readonly WatchedRun[]): Slowdown | null => {
  const ratios: number[] = []
  for (const [, of] of Map.groupBy(runs, (run) => run.job)) {
    const quiet = of.filter((run) => !run.wrong && run.seconds > 0).map((run) => run.seconds)
    if (quiet.length < LEAST_QUIET) continue
    const usual = quantile(sorted(quiet), 0.5)
    for (const run of of) if (run.wrong && run.seconds > 0) ratios.push(run.seconds / usual)
  }
  if (ratios.length < LEAST_WRONG) return null
  return { factor: Math.min(MOST, Math.max(1, quantile(sorted(ratios), 0.5))), runs: ratios.length }
}

/** A model of a job that takes so much longer. What it is told by its scheduler, or guessed, is stretched as well. */
export const slowed = (model: DurationModel, factor: number): DurationModel =>
  factor <= 1
    ? model
    : {
        ...model,
        samples: sorted(Array.from(model.samples, (seconds) => seconds * factor)),
        p50: model.p50 * factor,
        p90: model.p90 * factor,
        mean: model.mean * factor,
        sd: model.sd * factor,
      }
