import { businessElapsed } from './business-time.ts'
import type { CalendarRules } from './calendar-rules.ts'
import { type Found, isOpen, nextClose, nextOpen } from './open-hours.ts'

/** What a find comes to in words: an instant, whether it is certain, and if not, why. */
export const tellFound = (rules: CalendarRules, found: Found) => {
  if (found.kind === 'never') return { at: null, known: true, note: found.reason }
  return { at: found.at, known: found.known, note: found.known ? null : notKnown(rules) }
}

/** The sentence for what lies beyond the calendar's holidays. */
export const notKnown = (rules: CalendarRules): string =>
  `Not known: the holidays of this calendar are entered through ${rules.validThrough} only.`

/** Open hours of one date (`YYYY-MM-DD`), with the name of the exception if there is one. */
export const hoursOn = (rules: CalendarRules, date: Temporal.PlainDate) => {
  const text = date.toString()
  const exception = rules.exceptions.find((e) => e.date === text)
  return {
    date: text,
    name: exception?.name ?? null,
    open: (exception?.open ?? rules.weekly.filter((hours) => hours.day === date.dayOfWeek))
      .map(({ from, to }) => ({ from, to }))
      .sort((a, b) => (a.from < b.from ? -1 : 1)),
    known: rules.validThrough === null || text <= rules.validThrough,
  }
}

/** What the calendar means around `now`: open or not, the next change, and the week (Monday to Sunday) in its zone. */
export const preview = (rules: CalendarRules, now: Temporal.Instant) => {
  const today = now.toZonedDateTimeISO(rules.zone).toPlainDate()
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  const begins = (date: Temporal.PlainDate) => date.toZonedDateTime(rules.zone).toInstant()
  return {
    openNow: isOpen(rules, now),
    nextOpen: tellFound(rules, nextOpen(rules, now)),
    nextClose: tellFound(rules, nextClose(rules, now)),
    week: [0, 1, 2, 3, 4, 5, 6].map((days) => hoursOn(rules, monday.add({ days }))),
    openMinutes: businessElapsed(rules, begins(monday), begins(monday.add({ days: 7 }))) / 60_000,
  }
}
