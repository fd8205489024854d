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

export const datesOf = (db: Db, d: Pick<Deadline, 'calendarId' | 'weekdays'>): Promise<Dates> => datesByCalendar(db)(d)

/** The dates of many deadlines: each calendar is read once. */
export const datesByCalendar = (db: Db) => {
  const known = new Map<string, Promise<Known>>()
  return async ({ calendarId, weekdays }: Pick<Deadline, 'calendarId' | 'weekdays'>): Promise<Dates> => {
    const key = calendarId ?? ''
    const calendar = known.get(key) ?? readCalendar(db, calendarId)
    known.set(key, calendar)
    return datesIn(await calendar, weekdays)
  }
}

type Known = { opens: ((date: string) => boolean) | null; knownUntil: string | null }

const readCalendar = async (db: Db, id: string | null): Promise<Known> => {
  const calendar = id ? await findCalendar(db, id) : null
  return { opens: calendar ? openOn(calendar.rules) : null, knownUntil: calendar?.rules.validThrough ?? null }
}

const datesIn = ({ opens, knownUntil }: Known, weekdays: readonly number[]): Dates => ({
  on: (date) => weekdays.includes(weekdayOfDate(date)) && (opens?.(date) ?? true),
  works: (date) => opens?.(date.toString()) ?? date.dayOfWeek < SATURDAY,
  knownUntil,
})

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
