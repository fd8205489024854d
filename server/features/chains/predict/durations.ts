import { deviation, distance, logSpread, mean, quantile, type Sorted, sorted } from '../../../platform/robust.ts'
import type { DayClass } from '../../jobs/index.ts'

/** A run on record. `classes`: those of its business date, the finest first. */
export type PastRun = {
  date: string
  classes: readonly DayClass[]
  startedAt: number
  seconds: number
  outcome: 'succeeded' | 'failed' | 'terminated'
}

/** How long a job takes on a day of some class. Seconds. */
export type DurationModel = {
  /** Whose runs these are. */
  dayClass: DayClass
  /**
   * class: of just such days. coarser: of more days, for lack of these. few: fewer runs than are needed, of any day.
   * typical: no runs, but what its scheduler says. none: nobody knows; a wide guess.
   */
  basis: 'class' | 'coarser' | 'few' | 'typical' | 'none'
  samples: Sorted
  p50: number
  p90: number
  mean: number
  sd: number
  /** Which share of its runs fails. */
  failing: number
  /** How long it took, on the nights on record, from a failure until it was started again. */
  repairs: Sorted
}

export type DurationOptions = {
  /** At most so many runs, the newest. */
  most: number
  /** Fewer runs of a class do not speak for it. */
  least: number
  /** Runs further from the middle, in spreads of the logarithms, are left out. */
  trim: number
  /**
   * Few runs of a class still say by how much its days differ from others: the runs of the coarser class are stretched by
   * that ratio, weakened as if so many runs more had shown none. Infinity: not stretched.
   */
  doubt: number
}

/** By back-tests of hard years: trimming at 4 warns later, at 8 oftener in vain; thirty runs instead of sixty say less. */
export const usualDurations: DurationOptions = { most: 60, least: 5, trim: 6, doubt: 2 }

const GUESS_SECONDS = 60

/** The model of a job for a day of these classes. `past`: its runs, the newest first. */
export const durationModel = (
  past: readonly PastRun[],
  classes: readonly DayClass[],
  typicalSeconds: number | null,
  options: DurationOptions = usualDurations,
): DurationModel => {
  const good = past.filter((run) => run.outcome === 'succeeded')
  const troubles = { failing: failingShare(past, options), repairs: repairsOf(past) }
  const own = classes[0] ?? 'any'
  const ofClass = newest(good, (run) => run.classes[0] === own, options)
  if (ofClass.length >= options.least) return { dayClass: own, basis: 'class', ...figures(ofClass), ...troubles }
  for (const coarser of classes.slice(1)) {
    const found = newest(good, (run) => run.classes.includes(coarser), options)
    if (found.length < options.least) continue
    const stretched = found.map((seconds) => seconds * ratio(ofClass, found, options))
    return { dayClass: coarser, basis: 'coarser', ...figures(stretched), ...troubles }
  }
  if (typicalSeconds !== null) return { dayClass: 'any', basis: 'typical', ...guess(typicalSeconds), ...troubles }
  const few = newest(good, () => true, options)
  if (few.length > 0) return { dayClass: 'any', basis: 'few', ...figures(few), ...troubles }
  return { dayClass: 'any', basis: 'none', ...guess(GUESS_SECONDS), ...troubles }
}

const newest = (runs: readonly PastRun[], wanted: (run: PastRun) => boolean, { most, trim }: DurationOptions) => {
  const found: number[] = []
  for (const run of runs) if (wanted(run) && found.push(run.seconds) === most) break
  return trimmed(sorted(found), trim)
}

const trimmed = (values: Sorted, trim: number): Sorted => {
  if (values.length < 3) return values
  const usual = logSpread(values)
  return values.filter((v) => Math.abs(distance(v, usual)) <= trim)
}

const ratio = (few: Sorted, many: Sorted, { doubt }: DurationOptions): number => {
  if (few.length === 0) return 1
  const raw = quantile(few, 0.5) / quantile(many, 0.5)
  return raw > 0 && Number.isFinite(raw) ? raw ** (few.length / (few.length + doubt)) : 1
}

const figures = (samples: Sorted) => ({
  samples,
  p50: quantile(samples, 0.5),
  p90: quantile(samples, 0.9),
  mean: mean(samples),
  sd: deviation(samples),
})

const guess = (seconds: number) => ({
  samples: new Float64Array(),
  p50: seconds,
  p90: 2 * seconds,
  mean: seconds,
  sd: seconds / 2,
})

/** Weakened as if it had run twice more without a failure: one failure in three runs is no habit yet. */
const failingShare = (past: readonly PastRun[], { most }: DurationOptions): number => {
  const last = past.slice(0, most)
  return last.filter((run) => run.outcome !== 'succeeded').length / (last.length + 2)
}

const repairsOf = (past: readonly PastRun[]): Sorted =>
  sorted(
    past.flatMap((run, i) => {
      const next = past[i - 1]
      if (run.outcome === 'succeeded' || next?.date !== run.date) return []
      return [Math.max(0, (next.startedAt - run.startedAt) / 1000 - run.seconds)]
    }),
  )

/** Runs longer than any on record go on for a tenth more of what they have taken. */
const BEYOND = 1.1

/**
 * How long a run that has taken `elapsed` seconds will take in all: the mean of those on record that took longer.
 * `outside`: none did, and this is a guess.
 */
export const expectedGiven = (model: DurationModel, elapsed: number): { seconds: number; outside: boolean } => {
  const { samples } = model
  let longer = samples.length
  while (longer > 0 && (samples[longer - 1] as number) > elapsed) longer--
  if (longer < samples.length) return { seconds: mean(samples.subarray(longer)), outside: false }
  if (samples.length === 0 && elapsed < model.p50) return { seconds: model.p50, outside: false }
  return { seconds: elapsed * BEYOND, outside: true }
}
