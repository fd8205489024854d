import type { Db } from '../../platform/db/pool.ts'
import { type CalendarRules, findCalendar, openIntervals } from '../calendars/index.ts'
import { weekdayOfDate } from './business-date.ts'
import type { Deadline } from './deadline-rows.ts'

/** On which business dates a deadline holds, and which of them are business days. */
export type Dates = {
  on(date: string): boolean
  works(date: Temporal.PlainDate): boolean
  /** Beyond it nobody has entered holidays; null: there is no such end. */
  knownUntil: string | null
}

const SATURDAY = 6

export const datesOf = async (db: Db, d: Pick<Deadline, 'calendarId' | 'weekdays'>): Promise<Dates> => {
  const calendar = d.calendarId ? await findCalendar(db, d.calendarId) : null
  const opens = calendar ? openOn(calendar.rules) : null
  return {
    on: (date) => d.weekdays.includes(weekdayOfDate(date)) && (opens?.(date) ?? true),
    works: (date) => opens?.(date.toString()) ?? date.dayOfWeek < SATURDAY,
    knownUntil: calendar?.rules.validThrough ?? null,
  }
}

/** Whether a calendar is open at some time of a day; each day is looked up once. */
const openOn = (rules: CalendarRules) => {
  const known = new Map<string, boolean>()
  return (date: string): boolean => {
    const found = known.get(date)
    if (found !== undefined) return found
    const day = Temporal.PlainDate.from(date)
    const [from, to] = [day, day.add({ days: 1 })].map((d) => d.toZonedDateTime(rules.zone).toInstant())
    const open = from !== undefined && to !== undefined && openIntervals(rules, from, to).length > 0
    known.set(date, open)
    return open
  }
}
