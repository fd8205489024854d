import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import { DAY, parseClock, parseWall, startAtWall } from '../../../platform/wall-clock.ts'
import type { BusinessDays } from '../schedule/open-calendars.ts'
import { afterOf, isKnownAt } from '../schedule/schedule.ts'

/** A day by the clock of a job. `from` and `to` in epoch milliseconds, `day` from 1970-01-01. */
export type Day = { date: string; day: number; from: number; to: number }

export const dayOf = (date: string, zone: string, cut: string): Day => {
  const wall = parseWall(date) ?? 0
  const begins = (parseClock(cut) ?? 0) + wall
  return { date, day: wall / DAY, from: startAtWall(zone, begins), to: startAtWall(zone, begins + DAY) }
}

/** Each day of a month ('2026-11'). */
export const daysOfMonth = (month: string, zone: string, cut: string): Day[] =>
  Array.from({ length: Temporal.PlainYearMonth.from(month).daysInMonth }, (_, i) =>
    dayOf(`${month}-${String(i + 1).padStart(2, '0')}`, zone, cut),
  )

/** So many times of a day are named; of more it is said that there are. */
const MOST_TIMES = 50

type Expected = { times: number[]; more: boolean; certain: boolean; holiday: string | null; closed: boolean }

/** What a schedule says of a day. */
export const expectedOn = (s: JobSchedule, days: BusinessDays | null, { day, from, to }: Day): Expected => {
  const times: number[] = []
  // What is only counted from the last time has no time of a day that one could name ahead.
  const after = s.kind === 'period' ? null : afterOf(s, days)
  for (
    let at = after?.(from - 1) ?? null;
    at !== null && at < to && times.length <= MOST_TIMES;
    at = after?.(at) ?? null
  )
    times.push(at)
  const holidays = days?.holidaysOn(day) ?? []
  return {
    times: times.slice(0, MOST_TIMES),
    more: times.length > MOST_TIMES,
    certain: isKnownAt(s, days, from) && (days === null || day <= days.knownThrough),
    holiday: holidays.length > 0 ? holidays.join(', ') : null,
    closed: days !== null && !days.isOpen(day),
  }
}
