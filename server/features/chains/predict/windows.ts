import type { JobWaits } from '../../../../contract/jobs/waits.ts'

/** Times at which a window opens and closes, by turns. */
export type Openings = Float64Array

const DAYS_AROUND = [-1, 0, 1, 2, 3]

/** A window of the day in a zone, on the days around a business date. One whose end is not after its start crosses midnight. */
export const openingsOf = (window: NonNullable<JobWaits['window']>, zone: string, date: string): Openings => {
  const day = Temporal.PlainDate.from(date)
  const crosses = window.to <= window.from
  const at = (days: number, time: string) =>
    day.add({ days }).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds
  return Float64Array.from(
    DAYS_AROUND.flatMap((days) => [at(days, window.from), at(crosses ? days + 1 : days, window.to)]),
  )
}

/** The first time from `time` on at which the window is open, Infinity if it does not open again. */
export const nextOpening = (openings: Openings, time: number): number => {
  for (let i = 0; i + 1 < openings.length; i += 2) {
    if (time < (openings[i] as number)) return openings[i] as number
    if (time < (openings[i + 1] as number)) return time
  }
  return Number.POSITIVE_INFINITY
}

/** The latest time at or before `time` that leads to a start at or before it. */
export const latestInside = (openings: Openings, time: number): number => {
  for (let i = openings.length - 2; i >= 0; i -= 2) {
    if (time >= (openings[i + 1] as number)) return (openings[i + 1] as number) - 1
    if (time >= (openings[i] as number)) return time
  }
  return Number.NEGATIVE_INFINITY
}
