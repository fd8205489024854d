/** One forecast of one night’s end. Instants in milliseconds. */
export type Forecast = {
  at: number
  /** How sure it is of a miss: odds, or something that grows with them. Alarm is raised over a threshold. */
  score: number
  /** By when it will have ended with chances of 50, 80 and 95 in 100; null: not at all. */
  p50: number | null
  p80: number | null
  p95: number | null
  /** As things were it would not have ended, unless somebody acted. */
  blocked?: boolean
  /** Taken at even times, and so counted in calibration and loss; the others are taken when something happened. */
  even: boolean
}

export type NightRecord = { date: string; due: number; endedAt: number | null; forecasts: Forecast[] }

/** What is kept of a night: enough to score it by any threshold, alone or together with other nights. */
export type NightDigest = {
  date: string
  due: number
  endedAt: number | null
  /** Each time before the deadline at which it was surer of a miss than ever before. */
  rises: { at: number; score: number }[]
  blockedAt: number | null
  /** Of the 50, 80 and 95 per cent ends: losses in minutes, added up, and of how many forecasts. */
  losses: { sum: number; of: number }[]
  /** Of each bin of `BINS`: how many forecasts there were, and what they said, added up. */
  said: { of: number; sum: number }[]
}

export type Score = {
  nights: number
  misses: number
  /** Misses before which alarm was raised, and nights with an alarm that ended in time. */
  warned: number
  falseAlarms: number
  /** Minutes from the first alarm to the deadline, for all misses; none counts as 0. */
  warning: { mean: number; median: number }
  /** Mean loss in minutes of the 50, 80 and 95 per cent ends: lower is better. */
  pinball: { p50: number; p80: number; p95: number }
  /** Of the forecasts with such odds, which share was missed. */
  calibration: { from: number; to: number; forecasts: number; said: number; missed: number }[]
}

const MINUTE = 60_000
const BINS = [0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 1]
const QUANTILES = [
  { share: 0.5, of: (f: Forecast) => f.p50 },
  { share: 0.8, of: (f: Forecast) => f.p80 },
  { share: 0.95, of: (f: Forecast) => f.p95 },
]

type Ended = Pick<NightDigest, 'endedAt' | 'due'>

export const isMiss = ({ endedAt, due }: Ended): boolean => endedAt === null || endedAt > due

export const digestOf = ({ date, due, endedAt, forecasts }: NightRecord): NightDigest => {
  const before = forecasts.filter((f) => f.at < due)
  const even = forecasts.filter((f) => f.even)
  const rises: NightDigest['rises'] = []
  for (const { at, score } of before)
    if (score > (rises.at(-1)?.score ?? Number.NEGATIVE_INFINITY)) rises.push({ at, score })
  const loss = ({ share, of }: (typeof QUANTILES)[number]) => {
    const all = even.flatMap((f) => {
      const said = of(f)
      if (said === null || endedAt === null) return []
      const over = (endedAt - said) / MINUTE
      return [over > 0 ? share * over : (share - 1) * over]
    })
    return { sum: added(all), of: all.length }
  }
  const inBin = BINS.slice(1).map((to, b) => {
    const scores = even
      .filter(({ at, score }) => at < due && score >= (BINS[b] as number) && (score < to || (to === 1 && score === 1)))
      .map((f) => f.score)
    return { of: scores.length, sum: added(scores) }
  })
  return {
    date,
    due,
    endedAt,
    rises,
    blockedAt: before.find((f) => f.blocked)?.at ?? null,
    losses: QUANTILES.map(loss),
    said: inBin,
  }
}

/** Minutes from the first alarm over a threshold to the deadline; null: there was none. */
export const warningOf = ({ rises, due }: Pick<NightDigest, 'rises' | 'due'>, threshold: number): number | null => {
  const alarm = rises.find((rise) => rise.score > threshold)
  return alarm ? (due - alarm.at) / MINUTE : null
}

export type Warned = Pick<Score, 'warned' | 'falseAlarms' | 'warning'>

/** One for all nights, or each night its own: nights of several deadlines have several limits. */
export type Threshold = number | ((night: NightDigest) => number)

/** What alarms over a threshold would have been worth. */
export const warnedBy = (nights: readonly NightDigest[], threshold: Threshold): Warned => {
  const warning = (night: NightDigest) => warningOf(night, typeof threshold === 'number' ? threshold : threshold(night))
  const warnings = nights
    .filter(isMiss)
    .map((night) => warning(night) ?? 0)
    .toSorted((a, b) => a - b)
  return {
    warned: warnings.filter((minutes) => minutes > 0).length,
    falseAlarms: nights.filter((night) => !isMiss(night) && warning(night) !== null).length,
    warning: { mean: meanOf(warnings), median: warnings[Math.floor(warnings.length / 2)] ?? 0 },
  }
}

/** What the forecasts of some nights were worth, with alarm raised over `threshold`. */
export const scoreOf = (nights: readonly NightDigest[], threshold: Threshold): Score => {
  const [p50 = 0, p80 = 0, p95 = 0] = QUANTILES.map((_, q) => {
    const of = added(nights.map((night) => night.losses[q]?.of ?? 0))
    return of === 0 ? 0 : added(nights.map((night) => night.losses[q]?.sum ?? 0)) / of
  })
  return {
    nights: nights.length,
    misses: nights.filter(isMiss).length,
    ...warnedBy(nights, threshold),
    pinball: { p50, p80, p95 },
    calibration: calibrationOf(nights),
  }
}

/** The lowest threshold with at most so many false alarms: makes forecasters comparable that are more or less anxious. */
export const thresholdFor = (nights: readonly NightDigest[], falseAlarms: number): number => {
  const highest = nights
    .filter((night) => !isMiss(night))
    .map((night) => night.rises.at(-1)?.score ?? Number.NEGATIVE_INFINITY)
    .toSorted((a, b) => b - a)
  return highest[falseAlarms] ?? Number.NEGATIVE_INFINITY
}

const added = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
const meanOf = (values: readonly number[]) => (values.length === 0 ? 0 : added(values) / values.length)

const calibrationOf = (nights: readonly NightDigest[]): Score['calibration'] => {
  const missed = nights.filter(isMiss)
  const inBin = (some: readonly NightDigest[], b: number, what: 'of' | 'sum') =>
    added(some.map((night) => night.said[b]?.[what] ?? 0))
  return BINS.slice(1).flatMap((to, b) => {
    const forecasts = inBin(nights, b, 'of')
    if (forecasts === 0) return []
    const said = inBin(nights, b, 'sum') / forecasts
    return [{ from: BINS[b] as number, to, forecasts, said, missed: inBin(missed, b, 'of') / forecasts }]
  })
}
