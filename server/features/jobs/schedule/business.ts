import type { DayRule } from '../../../../contract/jobs/business-days.ts'
import { DAY, parseClock, parseWall, weekdayOf } from '../../../platform/wall-clock.ts'
import type { OpenDays } from '../../calendars/index.ts'

/** A rule of business days. Days count from 1970-01-01; wall values are milliseconds as platform/wall-clock.ts has them. */
export type BusinessLine = {
  /** The first wall time after `wall` that it names, or null when none comes within ten years. */
  next(wall: number): number | null
  /** Whether the holidays that decide about this day are known. */
  isKnown(day: number): boolean
}

/** Searched at most. What comes more rarely is taken for never. */
const MOST_YEARS = 10
/** A calendar that is closed for longer is taken to be closed for good. */
const MOST_CLOSED = 400

type RunDay = { day: number; known: boolean }

/** Reads a rule. What it names in a year is worked out once; it lives as long as its calendars are as they are. */
export const readBusiness = (s: DayRule, days: OpenDays): BusinessLine => {
  const years = new Map<number, RunDay[]>()
  const times = [...new Set(s.times.map((t) => parseClock(t) ?? 0))].sort((a, b) => a - b)
  const ofYear = (year: number): RunDay[] => {
    const found = years.get(year) ?? runDays(s, days, year)
    years.set(year, found)
    return found
  }
  /** Those whose rule names a day in the years around: an offset moves it by a few months at most. */
  const around = (year: number) => [...ofYear(year - 1), ...ofYear(year), ...ofYear(year + 1)]
  return {
    next(wall) {
      const today = Math.floor(wall / DAY)
      const year = yearOf(today)
      const rest = times.find((t) => today * DAY + t > wall)
      if (rest !== undefined && around(year).some((r) => r.day === today)) return today * DAY + rest
      for (let y = year; y <= year + MOST_YEARS; y++) {
        const next = Math.min(...around(y).flatMap((r) => (r.day > today ? [r.day] : [])))
        if (Number.isFinite(next)) return next * DAY + (times[0] ?? 0)
      }
      return null
    },
    isKnown: (day) => around(yearOf(day)).find((r) => r.day === day)?.known ?? day <= days.knownThrough,
  }
}

const yearOf = (day: number): number => new Date(day * DAY).getUTCFullYear()
const dayOf = (year: number, month: number, day = 1): number => Date.UTC(year, month - 1, day) / DAY

/** The days that the rule comes to whose name lies in this year, each once. */
const runDays = (s: DayRule, days: OpenDays, year: number): RunDay[] => {
  const found = new Map<number, RunDay>()
  for (const base of namedDays(s, year, days)) {
    let seen = Number.NEGATIVE_INFINITY
    const isOpen = (day: number) => {
      seen = Math.max(seen, day)
      return days.isOpen(day)
    }
    const day = base(isOpen)
    const moved = day === null ? null : shifted(day, s.offsetDays, isOpen)
    if (moved === null) continue
    const known = seen <= days.knownThrough
    found.set(moved, { day: moved, known: known && (found.get(moved)?.known ?? true) })
  }
  return [...found.values()].sort((a, b) => a.day - b.day)
}

type IsOpen = (day: number) => boolean
/** A day once its calendars are asked; null: it has none. */
type Named = (isOpen: IsOpen) => number | null

function* namedDays({ day: d }: DayRule, year: number, days: OpenDays): Generator<Named> {
  const [first, end] = [dayOf(year, 1), dayOf(year + 1, 1)]
  switch (d.on) {
    case 'each':
      for (let day = first; day < end; day++) yield (isOpen) => (isOpen(day) ? day : null)
      return
    case 'holiday':
      for (let day = first; day < end; day++)
        // Asked of the days beyond what is known as well: they are no holidays, and that is not known.
        if (days.isHoliday(day)) yield (isOpen) => (isOpen(day) ? null : day)
      return
    case 'nth':
      for (const [from, to] of periodsOf(d.of, year)) yield (isOpen) => nthOpen(d.nth, from, to, isOpen)
      return
    case 'weekday':
      for (let day = first; day < end; day++)
        if (d.days.includes(weekdayOf(day))) yield (isOpen) => orElse(day, d.ifClosed, isOpen)
      return
    case 'monthday':
      for (let month = 1; month <= 12; month++) {
        if (d.months.length > 0 && !d.months.includes(month)) continue
        const [from, to] = [dayOf(year, month), dayOf(year, month + 1)]
        for (const n of d.days) {
          const day = n > 0 ? from + n - 1 : to + n
          if (day >= from && day < to) yield (isOpen) => orElse(day, d.ifClosed, isOpen)
        }
      }
      return
    case 'dates':
      for (const date of d.dates) {
        const day = (parseWall(date) ?? 0) / DAY
        if (day >= first && day < end) yield (isOpen) => orElse(day, d.ifClosed, isOpen)
      }
  }
}

/** The periods that begin in this year, each from its first day until before the next. Weeks begin on Monday. */
function* periodsOf(of: 'week' | 'month' | 'quarter' | 'year', year: number): Generator<[number, number]> {
  if (of === 'week') {
    const end = dayOf(year + 1, 1)
    for (let day = dayOf(year, 1); day < end; day++) if (weekdayOf(day) === 1) yield [day, day + 7]
    return
  }
  const months = { month: 1, quarter: 3, year: 12 }[of]
  for (let month = 1; month <= 12; month += months) yield [dayOf(year, month), dayOf(year, month + months)]
}

const nthOpen = (nth: number, from: number, to: number, isOpen: IsOpen): number | null => {
  let left = Math.abs(nth)
  for (let i = 0; i < to - from; i++) {
    const day = nth > 0 ? from + i : to - 1 - i
    if (isOpen(day) && --left === 0) return day
  }
  return null
}

/** The nearest open day from `day` on, this one not included. */
const openFrom = (day: number, by: 1 | -1, isOpen: IsOpen): number | null => {
  for (let i = 1; i <= MOST_CLOSED; i++) if (isOpen(day + i * by)) return day + i * by
  return null
}

const monthOf = (day: number): number => new Date(day * DAY).getUTCMonth()

const orElse = (
  day: number,
  ifClosed: 'before' | 'after' | 'same-month' | 'skip' | 'anyway',
  isOpen: IsOpen,
): number | null => {
  if (ifClosed === 'anyway' || isOpen(day)) return day
  if (ifClosed === 'skip') return null
  if (ifClosed === 'before') return openFrom(day, -1, isOpen)
  const after = openFrom(day, 1, isOpen)
  if (ifClosed === 'after' || (after !== null && monthOf(after) === monthOf(day))) return after
  return openFrom(day, -1, isOpen)
}

const shifted = (day: number, by: number, isOpen: IsOpen): number | null => {
  let at: number | null = day
  for (let i = 0; i < Math.abs(by) && at !== null; i++) at = openFrom(at, by > 0 ? 1 : -1, isOpen)
  return at
}
