import { DAY, endAtWall, parseClock, parseWall } from '../../platform/wall-clock.ts'

/** Open from `from` until before `to` by the clock on the wall: `HH:MM`; `to` may be `24:00`. Never over midnight. */
export type Hours = { readonly from: string; readonly to: string }

/** Open hours of one weekday: 1 Monday to 7 Sunday (ISO 8601). A day may have several. */
export type WeeklyHours = Hours & { readonly day: number }

/** A date (`YYYY-MM-DD`) on which `open` replaces the weekly hours; empty means closed. */
export type CalendarException = { readonly date: string; readonly open: readonly Hours[]; readonly name: string }

/**
 * What makes a support calendar: weekly hours in a time zone and exceptions (holidays, half days).
 * `validThrough` is the last date for which the exceptions are known (a holiday list ends); null: no such end.
 * A value is never changed in place: an altered calendar is a new object.
 */
export type CalendarRules = {
  readonly zone: string
  readonly weekly: readonly WeeklyHours[]
  readonly exceptions: readonly CalendarException[]
  readonly validThrough: string | null
}

/** Milliseconds since local midnight. */
export type DaySpan = { from: number; to: number }

/** The rules in numbers, as the arithmetic wants them. */
export type CompiledCalendar = {
  zone: string
  /** Index 1 to 7; sorted by `from`. */
  weekly: DaySpan[][]
  /** By days since 1970-01-01. */
  exceptions: Map<number, DaySpan[]>
  /** Open at every instant. */
  always: boolean
  /** Epoch milliseconds from which the exceptions are not known; Infinity when they always are. */
  unknownFrom: number
}

const compiled = new WeakMap<CalendarRules, CompiledCalendar>()

function must(value: number | null, text: string): number {
  if (value === null) throw new RangeError(`The calendar holds a date or time that does not exist: ${text}.`)
  return value
}

function daySpans(hours: readonly Hours[]): DaySpan[] {
  return hours
    .map(({ from, to }) => ({ from: must(parseClock(from), from), to: must(parseClock(to), to) }))
    .filter((span) => span.from < span.to)
    .sort((a, b) => a.from - b.from)
}

function coversDay(spans: DaySpan[]): boolean {
  let reached = 0
  for (const span of spans) if (span.from <= reached) reached = Math.max(reached, span.to)
  return reached === DAY
}

/**
 * The rules in numbers, computed once for each rules object.
 * Throws a RangeError for rules that `validateCalendar` would refuse as malformed.
 */
export function compileCalendar(rules: CalendarRules): CompiledCalendar {
  const known = compiled.get(rules)
  if (known) return known
  const weekly = [0, 1, 2, 3, 4, 5, 6, 7].map((day) => daySpans(rules.weekly.filter((hours) => hours.day === day)))
  const exceptions = new Map<number, DaySpan[]>()
  for (const { date, open } of rules.exceptions) exceptions.set(must(parseWall(date), date) / DAY, daySpans(open))
  const { zone, validThrough } = rules
  const result: CompiledCalendar = {
    zone,
    weekly,
    exceptions,
    always: weekly.every((spans, day) => day === 0 || coversDay(spans)) && [...exceptions.values()].every(coversDay),
    unknownFrom:
      validThrough === null
        ? Number.POSITIVE_INFINITY
        : endAtWall(zone, must(parseWall(validThrough), validThrough) + DAY),
  }
  compiled.set(rules, result)
  return result
}
