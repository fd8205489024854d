import { DAY, endAtWall, startAtWall, wallAt, weekdayOf } from '../../platform/wall-clock.ts'
import { type CalendarRules, type CompiledCalendar, compileCalendar } from './calendar-rules.ts'

/** A stretch of time from `from` until before `to`. */
export type Interval = { from: Temporal.Instant; to: Temporal.Instant }

/**
 * An instant that was looked for. `known` is false when it lies beyond the calendar's `validThrough`: then holidays
 * that nobody has entered yet may move it. `never` comes with a sentence that says why and what to do.
 */
export type Found = { kind: 'at'; at: Temporal.Instant; known: boolean } | { kind: 'never'; reason: string }

/** A calendar without open time for so long is taken for a mistake in its set-up, not searched on. */
export const BARREN_DAYS = 400
/** Nothing is computed over a longer time, so that no input makes the process busy for ever. */
export const MAX_SPAN = 100 * 366 * DAY

const NO_SPANS: { from: number; to: number }[] = []

/**
 * The open time from `from` until before `to` (epoch milliseconds) as pieces in order, none overlapping; pieces may
 * touch. Ends early after `barrenDays` days without open time. For the files of this folder.
 */
export function* openPieces(
  calendar: CompiledCalendar,
  from: number,
  to: number,
  barrenDays = Number.POSITIVE_INFINITY,
): Generator<{ from: number; to: number }> {
  if (to - from > MAX_SPAN) throw new RangeError('Open hours are computed for at most 100 years at a time.')
  if (calendar.always) {
    if (from < to) yield { from, to }
    return
  }
  const { zone, weekly, exceptions } = calendar
  const firstDay = Math.floor(wallAt(zone, from) / DAY)
  const lastDay = Math.floor(wallAt(zone, to) / DAY) + 2
  let lastOpenDay = firstDay
  let done = from
  // Two days earlier, because a clock put back over midnight shows the day before once more.
  for (let day = firstDay - 2; day <= lastDay && day - lastOpenDay <= barrenDays; day++) {
    for (const span of exceptions.get(day) ?? weekly[weekdayOf(day)] ?? NO_SPANS) {
      const start = Math.max(done, startAtWall(zone, day * DAY + span.from))
      if (start >= to) return
      const end = Math.min(to, endAtWall(zone, day * DAY + span.to))
      if (end <= start) continue
      yield { from: start, to: end }
      done = end
      lastOpenDay = Math.max(lastOpenDay, day)
    }
  }
}

/** An instant as a find, with whether the calendar's holidays are known then. For the files of this folder. */
export function found(calendar: CompiledCalendar, epochMs: number): Found {
  return { kind: 'at', at: Temporal.Instant.fromEpochMilliseconds(epochMs), known: epochMs < calendar.unknownFrom }
}

/** Whether the calendar's exceptions are known at this instant, that is, not later than its `validThrough`. */
export function isKnown(rules: CalendarRules, at: Temporal.Instant): boolean {
  return at.epochMilliseconds < compileCalendar(rules).unknownFrom
}

/** Whether the calendar is open at this instant. Beyond `validThrough` the answer is a guess: see `isKnown`. */
export function isOpen(rules: CalendarRules, at: Temporal.Instant): boolean {
  const ms = at.epochMilliseconds
  return openPieces(compileCalendar(rules), ms, ms + 1).next().done === false
}

/** The open time from `from` until before `to`, in order, cut at both ends, with touching stretches joined. */
export function openIntervals(rules: CalendarRules, from: Temporal.Instant, to: Temporal.Instant): Interval[] {
  const joined: { from: number; to: number }[] = []
  for (const piece of openPieces(compileCalendar(rules), from.epochMilliseconds, to.epochMilliseconds)) {
    const last = joined.at(-1)
    if (last?.to === piece.from) last.to = piece.to
    else joined.push({ ...piece })
  }
  return joined.map((piece) => ({
    from: Temporal.Instant.fromEpochMilliseconds(piece.from),
    to: Temporal.Instant.fromEpochMilliseconds(piece.to),
  }))
}

/** The first instant at or after `from` at which the calendar is open: `from` itself when it is open then. */
export function nextOpen(rules: CalendarRules, from: Temporal.Instant): Found {
  const calendar = compileCalendar(rules)
  const ms = from.epochMilliseconds
  const first = openPieces(calendar, ms, ms + MAX_SPAN, BARREN_DAYS).next()
  if (!first.done) return found(calendar, first.value.from)
  const reason = `The calendar has no open hours in the ${BARREN_DAYS} days after ${from}: add weekly hours to it.`
  return { kind: 'never', reason }
}

/** The first instant at or after `from` at which the calendar is closed: `from` itself when it is closed then. */
export function nextClose(rules: CalendarRules, from: Temporal.Instant): Found {
  const calendar = compileCalendar(rules)
  if (calendar.always) return { kind: 'never', reason: 'The calendar is open around the clock and never closes.' }
  const ms = from.epochMilliseconds
  const limit = ms + BARREN_DAYS * DAY
  let end = ms
  for (const piece of openPieces(calendar, ms, limit)) {
    if (piece.from > end) break
    end = piece.to
  }
  if (end < limit) return found(calendar, end)
  return { kind: 'never', reason: `The calendar does not close in the ${BARREN_DAYS} days after ${from}.` }
}
