/** One forecast of one night’s end. Instants in milliseconds. */
export type Forecast = {
  at: number
  /** How sure it is of a miss: odds, or something that grows with them. Alarm is raised over a threshold. */
  score: number
  /** By when it will have ended with chances of 50, 80 and 95 in 100; null: not at all. */
  p50: number | null
  p80: number | null
  p95: number | null
  /** Taken at even times, and so counted in calibration and loss; the others are taken when something happened. */
  even: boolean
}

export type NightRecord = { date: string; due: number; endedAt: number | null; forecasts: Forecast[] }

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

export const isMiss = ({ endedAt, due }: NightRecord): boolean => endedAt === null || endedAt > due

const firstAlarm = ({ forecasts, due }: NightRecord, threshold: number): Forecast | undefined =>
  forecasts.find((one) => one.score > threshold && one.at < due)

/** What the forecasts of some nights were worth, with alarm raised over `threshold`. */
export const scoreOf = (records: readonly NightRecord[], threshold: number): Score => {
  const missed = records.filter(isMiss)
  const warnings = missed
    .map((night) => {
      const alarm = firstAlarm(night, threshold)
      return alarm ? (night.due - alarm.at) / MINUTE : 0
    })
    .toSorted((a, b) => a - b)
  return {
    nights: records.length,
    misses: missed.length,
    warned: warnings.filter((minutes) => minutes > 0).length,
    falseAlarms: records.filter((night) => !isMiss(night) && firstAlarm(night, threshold)).length,
    warning: { mean: meanOf(warnings), median: warnings[Math.floor(warnings.length / 2)] ?? 0 },
    pinball: {
      p50: pinball(records, 0.5, (f) => f.p50),
      p80: pinball(records, 0.8, (f) => f.p80),
      p95: pinball(records, 0.95, (f) => f.p95),
    },
    calibration: calibrationOf(records),
  }
}

/** The lowest threshold with at most so many false alarms: makes forecasters comparable that are more or less anxious. */
export const thresholdFor = (records: readonly NightRecord[], falseAlarms: number): number => {
  const highest = records
    .filter((night) => !isMiss(night))
    .map((night) =>
      night.forecasts.reduce(
        (most, f) => (f.at < night.due ? Math.max(most, f.score) : most),
        Number.NEGATIVE_INFINITY,
      ),
    )
    .toSorted((a, b) => b - a)
  return highest[falseAlarms] ?? Number.NEGATIVE_INFINITY
}

const meanOf = (values: readonly number[]) =>
  values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length

const pinball = (records: readonly NightRecord[], share: number, of: (forecast: Forecast) => number | null): number =>
  meanOf(
    records.flatMap(({ endedAt, forecasts }) =>
      forecasts.flatMap((forecast) => {
        const said = of(forecast)
        if (!forecast.even || said === null || endedAt === null) return []
        const over = (endedAt - said) / MINUTE
        return [over > 0 ? share * over : (share - 1) * over]
      }),
    ),
  )

const calibrationOf = (records: readonly NightRecord[]): Score['calibration'] => {
  const all = records.flatMap((night) =>
    night.forecasts.flatMap((f) =>
      f.even && f.at < night.due ? [{ said: f.score, missed: isMiss(night) ? 1 : 0 }] : [],
    ),
  )
  return BINS.slice(1).flatMap((to, b) => {
    const from = BINS[b] as number
    const inside = all.filter(({ said }) => said >= from && (said < to || (to === 1 && said === 1)))
    if (inside.length === 0) return []
    const [said, missed] = [meanOf(inside.map((f) => f.said)), meanOf(inside.map((f) => f.missed))]
    return [{ from, to, forecasts: inside.length, said, missed }]
  })
}
