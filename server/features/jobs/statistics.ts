import { logSpread, quantile, sorted } from '../../platform/robust.ts'
import type { OpenDays } from '../calendars/index.ts'
import { type DayClass, dayClassesOf } from './day-class.ts'

/**
 * What is usual of a job on a day of its class, by robust statistics: a run is compared with those of days that have the
 * same work, on a logarithmic scale, because durations and volumes are skewed to the right, by the median and the median
 * absolute deviation, which a few bad nights do not move.
 */

const DAY_MS = 86_400_000
/** What begins in the small hours is the work of the day before. */
const DAY_BEGINS_MS = 6 * 3_600_000

/** The business date of a run that was due, or else began, at `ms`. */
export const businessDateOf = (ms: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(ms - DAY_BEGINS_MS)
    .toZonedDateTimeISO(zone)
    .toPlainDate()

const isWeekday = (date: Temporal.PlainDate): boolean => date.dayOfWeek <= 5

/** The classes of a run, the finest first. Without a calendar Monday to Friday are business days, and no holiday is known. */
export const classesAt = (ms: number, zone: string, days: Pick<OpenDays, 'isOpen'> | null): DayClass[] =>
  dayClassesOf(
    businessDateOf(ms, zone),
    days ? (date) => days.isOpen(date.toZonedDateTime('UTC').epochMilliseconds / DAY_MS) : isWeekday,
  )

/** A measured run: its duration in milliseconds, or a volume. `classes`: those of its business date, the finest first. */
export type Measured = { value: number; classes: readonly DayClass[] }

export type Sample = {
  values: number[]
  /** Whose runs these are. */
  dayClass: DayClass
  /** It is of just such days, not of more of them for lack of these. */
  exact: boolean
}

const LEAST_RUNS = 5
const MOST_RUNS = 60

/** The last runs of the finest class, or of the nearest coarser one that has enough; null: there are too few. Newest first. */
const sampleOf = (runs: readonly Measured[], classes: readonly DayClass[]): Sample | null => {
  for (const [i, dayClass] of classes.entries()) {
    const found = runs.filter((r) => (i === 0 ? r.classes[0] === dayClass : r.classes.includes(dayClass)))
    if (found.length >= LEAST_RUNS)
      return { values: found.slice(0, MOST_RUNS).map((r) => r.value), dayClass, exact: i === 0 }
  }
  return null
}

/** Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): so many spreads from the middle is an outlier. */
const OUTLIER = 3.5
/** So that a job that always takes the same is not unusual by a quarter more. */
const LEAST_SPREAD = Math.log(1.25) / OUTLIER
/** Added before the logarithm: jitter of what takes seconds, or counts a handful, says nothing. */
const shifts = { duration: 10_000, volume: 5 } as const
export type Measure = keyof typeof shifts

/** What is usual: from `low` to `high`, with the quantiles that lie within. In the unit of the values. */
export type Norm = Omit<Sample, 'values'> & {
  n: number
  median: number
  p10: number
  p90: number
  low: number
  high: number
}

/**
 * What is usual of a day of these classes; null: there are too few runs to say. Its bounds are wider for few runs, whose
 * spread is itself uncertain, and twice as wide where the runs are of other days than the one that is judged: the first
 * end of a quarter is no anomaly among weekdays.
 */
export const normOf = (runs: readonly Measured[], classes: readonly DayClass[], measure: Measure): Norm | null => {
  const sample = sampleOf(runs, classes)
  if (!sample) return null
  const { values, dayClass, exact } = sample
  const shift = shifts[measure]
  const { middle, spread } = logSpread(sorted(values.map((v) => v + shift)))
  const reach = OUTLIER * Math.max(spread, LEAST_SPREAD) * (1 + 4 / values.length) * (exact ? 1 : 2)
  const inOrder = sorted(values)
  return {
    dayClass,
    exact,
    n: values.length,
    median: quantile(inOrder, 0.5),
    p10: quantile(inOrder, 0.1),
    p90: quantile(inOrder, 0.9),
    low: Math.max(0, Math.exp(middle - reach) - shift),
    high: Math.exp(middle + reach) - shift,
  }
}

export const unusual = (value: number, norm: Pick<Norm, 'low' | 'high'>): 'low' | 'high' | null =>
  value < norm.low ? 'low' : value > norm.high ? 'high' : null
