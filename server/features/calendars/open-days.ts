import { DAY, weekdayOf } from '../../platform/wall-clock.ts'
import { type CalendarRules, compileCalendar } from './calendar-rules.ts'

/** Days of a calendar, each as the days since 1970-01-01. */
export type OpenDays = {
  /** It has open hours on that day; half a day is enough. */
  isOpen(day: number): boolean
  /** It would be open on that weekday, and an exception closes it. */
  isHoliday(day: number): boolean
  /** The last day for which its exceptions are known; Infinity when they always are. */
  knownThrough: number
}

/** The days of a calendar, for rules that speak of business days. Beyond `knownThrough` they follow the weekly hours alone. */
export const openDaysOf = (rules: CalendarRules): OpenDays => {
  const { weekly, exceptions } = compileCalendar(rules)
  const byWeek = (day: number) => (weekly[weekdayOf(day)]?.length ?? 0) > 0
  const through = rules.validThrough
  return {
    isOpen: (day) => {
      const exception = exceptions.get(day)
      return exception ? exception.length > 0 : byWeek(day)
    },
    isHoliday: (day) => exceptions.get(day)?.length === 0 && byWeek(day),
    knownThrough:
      through === null
        ? Number.POSITIVE_INFINITY
        : Temporal.PlainDate.from(through).toZonedDateTime('UTC').epochMilliseconds / DAY,
  }
}
