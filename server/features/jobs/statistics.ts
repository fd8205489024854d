import { weekdayOf } from '../../platform/wall-clock.ts'
import type { OpenDays } from '../calendars/index.ts'

/**
 * What is usual of a job, by robust statistics of days that are alike. Pure, and shared: verdicts on runs use it here,
 * predictions of chains use it to the right. Runs are compared on a logarithmic scale, because durations and volumes are
 * skewed to the right, by the median and the median absolute deviation (MAD), which a few bad nights do not move.
 */

/** Days are alike that have the same work: Mondays bring the weekend, ends of months and quarters their closing. */
export const dayClasses = ['weekday', 'monday', 'after-holiday', 'month-end', 'quarter-end', 'weekend'] as const
export type DayClass = (typeof dayClasses)[number]

const isWeekday = (day: number): boolean => weekdayOf(day) <= 5
const dateOf = (day: number) => Temporal.Instant.fromEpochMilliseconds(day * 86_400_000).toZonedDateTimeISO('UTC')
/** No calendar is closed for longer. */
const MOST_CLOSED = 30

/** The next day after `day` (in steps of `by`) that is open. */
const openDay = (day: number, by: 1 | -1, isOpen: (day: number) => boolean): number => {
  let at = day + by
  while (!isOpen(at) && Math.abs(at - day) < MOST_CLOSED) at += by
  return at
}

/**
 * The class of a day (since 1970-01-01): its business date, not the day on which the run happened to end. Without a
 * calendar Monday to Friday are open, and no holiday is known.
 */
export const dayClassOf = (day: number, calendar?: Pick<OpenDays, 'isOpen'>): DayClass => {
  const isOpen = calendar ? (d: number) => calendar.isOpen(d) : isWeekday
  if (!isOpen(day)) return 'weekend'
  const [today, next] = [dateOf(day), dateOf(openDay(day, 1, isOpen))]
  if (today.month !== next.month) return today.month % 3 === 0 ? 'quarter-end' : 'month-end'
  const before = openDay(day, -1, isOpen)
  for (let d = before + 1; d < day; d++) if (isWeekday(d)) return 'after-holiday'
  return weekdayOf(day) === 1 ? 'monday' : 'weekday'
}

const working: readonly DayClass[] = ['weekday', 'monday', 'after-holiday', 'month-end', 'quarter-end']

/** What a class is measured by while it has too few runs of its own: the nearest first. */
const coarser: Record<DayClass, readonly (readonly DayClass[])[]> = {
  weekday: [working],
  monday: [working],
  'after-holiday': [['after-holiday', 'monday'], working],
  'month-end': [['month-end', 'quarter-end'], working],
  'quarter-end': [['month-end', 'quarter-end'], working],
  weekend: [],
}

/** A measured run: its duration in milliseconds, or a volume. */
export type Measured = { value: number; dayClass: DayClass }

export type Sample = {
  values: number[]
  /** The classes that it was drawn from. */
  of: readonly DayClass[]
  /** It is of the class that was asked for, not of a coarser one. */
  exact: boolean
}

export const LEAST_RUNS = 5
export const MOST_RUNS = 60

/** The last runs of the class, or of the nearest coarser one that has enough; null: there are no statistics. Newest first. */
export const sampleOf = (runs: readonly Measured[], dayClass: DayClass, least = LEAST_RUNS): Sample | null => {
  for (const of of [[dayClass], ...coarser[dayClass], dayClasses]) {
    const values = runs.filter((r) => of.includes(r.dayClass)).map((r) => r.value)
    if (values.length >= least) return { values: values.slice(0, MOST_RUNS), of, exact: of.length === 1 }
  }
  return null
}

/** The value at `q` (0 to 1) of sorted values, drawn straight between two of them; NaN of none. */
export const quantile = (sorted: readonly number[], q: number): number => {
  const at = (sorted.length - 1) * q
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN]
  return low + (high - low) * (at - Math.floor(at))
}

const sortedOf = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b)

export const median = (values: readonly number[]): number => quantile(sortedOf(values), 0.5)

/** The median distance from the median. */
export const mad = (values: readonly number[]): number => {
  const middle = median(values)
  return median(values.map((v) => Math.abs(v - middle)))
}

/** Of a normal distribution the standard deviation is so much of its MAD. */
const SIGMA_OF_MAD = 1.4826
/** Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): beyond it a value is an outlier. */
const OUTLIER = 3.5
/** So that a job that always takes the same is not unusual by a quarter more. */
const LEAST_SIGMA = Math.log(1.25) / OUTLIER
/** Added before the logarithm: jitter of what takes seconds, or counts a handful, says nothing. */
const shiftOf = { duration: 10_000, volume: 5 } as const
export type Measure = keyof typeof shiftOf

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
 * The bounds beyond which a run is unusual. Wider for few runs, whose spread is itself uncertain, and twice as wide where
 * the sample is of other days than the one that is judged: the first end of a quarter is no anomaly among weekdays.
 */
export const normOf = (sample: Sample, measure: Measure): Norm => {
  const shift = shiftOf[measure]
  const logs = sample.values.map((v) => Math.log(v + shift))
  const middle = median(logs)
  const n = logs.length
  const sigma = Math.max(mad(logs) * SIGMA_OF_MAD, LEAST_SIGMA) * (1 + 4 / n) * (sample.exact ? 1 : 2)
  const sorted = sortedOf(sample.values)
  return {
    of: sample.of,
    exact: sample.exact,
    n,
    median: quantile(sorted, 0.5),
    p10: quantile(sorted, 0.1),
    p90: quantile(sorted, 0.9),
    low: Math.max(0, Math.exp(middle - OUTLIER * sigma) - shift),
    high: Math.exp(middle + OUTLIER * sigma) - shift,
  }
}

/** What is usual of a day of this class; null: too few runs to say. */
export const normFor = (runs: readonly Measured[], dayClass: DayClass, measure: Measure): Norm | null => {
  const sample = sampleOf(runs, dayClass)
  return sample && normOf(sample, measure)
}

export const unusual = (value: number, norm: Pick<Norm, 'low' | 'high'>): 'low' | 'high' | null =>
  value < norm.low ? 'low' : value > norm.high ? 'high' : null
