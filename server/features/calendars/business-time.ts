import { type CalendarRules, compileCalendar } from './calendar-rules.ts'
import { BARREN_DAYS, type Found, found, MAX_SPAN, nextOpen, openPieces } from './open-hours.ts'

/**
 * Open time between two instants in milliseconds; negative when `to` is before `from`, so that
 * `businessElapsed(now, due)` is what remains and turns negative when the time is over. Finer digits of an instant are
 * dropped. Beyond `validThrough` the figure is a guess: ask `isKnown(rules, to)`. Throws a RangeError over 100 years.
 */
export function businessElapsed(rules: CalendarRules, from: Temporal.Instant, to: Temporal.Instant): number {
  const [a, b] = [from.epochMilliseconds, to.epochMilliseconds]
  // Subtracted, because the negative of no time at all would be -0.
  if (b < a) return 0 - businessElapsed(rules, to, from)
  let elapsed = 0
  for (const piece of openPieces(compileCalendar(rules), a, b)) elapsed += piece.to - piece.from
  return elapsed
}

/**
 * The first instant at which `ms` milliseconds of open time have passed since `from`: a target that is reached just as
 * the calendar closes falls on that closing, and 0 gives `from` itself. `never` when the calendar has 400 days without
 * open hours before that (a mistake in its set-up), or when it takes longer than 100 years.
 * Throws a RangeError when `ms` is negative or not finite.
 */
export function addBusiness(rules: CalendarRules, from: Temporal.Instant, ms: number): Found {
  if (!(ms >= 0 && ms < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`A length of open time is zero or more milliseconds, not ${ms}.`)
  }
  const calendar = compileCalendar(rules)
  const start = from.epochMilliseconds
  let remaining = Math.round(ms)
  let reached = start
  if (remaining === 0) return found(calendar, start)
  for (const piece of openPieces(calendar, start, start + MAX_SPAN, BARREN_DAYS)) {
    const length = piece.to - piece.from
    if (remaining <= length) return found(calendar, piece.from + remaining)
    remaining -= length
    reached = piece.to
  }
  const next = nextOpen(rules, Temporal.Instant.fromEpochMilliseconds(reached))
  if (next.kind === 'never') return next
  return { kind: 'never', reason: `So much open time takes more than 100 years from ${from}.` }
}
