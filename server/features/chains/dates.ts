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
  /** What its calendar says of a date by name: a holiday, or other hours than on such weekdays. */
  exceptionOn(date: string): Exception | null
}

/** `short`: open, but for less time than on other such weekdays; `hours`: '08:00 to 12:30'. */
export type Exception = { name: string; closed: boolean; short: boolean; hours: string }

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

type Known = Pick<Dates, 'knownUntil' | 'exceptionOn'> & { opens: ((date: string) => boolean) | null }

const readCalendar = async (db: Db, id: string | null): Promise<Known> => {
  const calendar = id ? await findCalendar(db, id) : null
  return {
    opens: calendar ? openOn(calendar.rules) : null,
    knownUntil: calendar?.rules.validThrough ?? null,
    exceptionOn: (date) => (calendar ? exceptionIn(calendar.rules, date) : null),
  }
}

const minutes = (time: string) => 60 * Number(time.slice(0, 2)) + Number(time.slice(3))
const lasting = (hours: readonly { from: string; to: string }[]) =>
  hours.reduce((sum, { from, to }) => sum + Math.max(0, minutes(to) - minutes(from)), 0)

const exceptionIn = ({ weekly, exceptions }: CalendarRules, date: string): Exception | null => {
  const found = exceptions.find((one) => one.date === date)
  if (!found) return null
  const usual = lasting(weekly.filter(({ day }) => day === weekdayOfDate(date)))
  const closed = found.open.length === 0
  return {
    name: found.name,
    closed: closed && usual > 0,
    short: !closed && lasting(found.open) < usual,
    hours: found.open.map(({ from, to }) => `${from} to ${to}`).join(', '),
  }
}

const datesIn = ({ opens, ...known }: Known, weekdays: readonly number[]): Dates => ({
  on: (date) => weekdays.includes(weekdayOfDate(date)) && (opens?.(date) ?? true),
  works: (date) => opens?.(date.toString()) ?? date.dayOfWeek < SATURDAY,
  ...known,
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
