import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import { weekdayOf } from '../../../platform/wall-clock.ts'
import { daysIn } from '../../jobs/index.ts'
import { DAY, yearAndMonth } from './days.ts'
import { groupTimes, pad, ranges } from './times.ts'

/** What a schedule may have at most: see contract/jobs/schedule.ts. */
const MOST_LINES = 20
const MOST_SIGNS = 1_000
/** Of our OnCalendar. */
const LAST_YEAR = 2200

/** Days of the week are 1 for Monday to 7 for Sunday. */
export type Week = ReadonlySet<number>
const everyDay = 7
const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

const fits = (lines: readonly string[]): boolean => lines.length <= MOST_LINES && lines.join('\n').length <= MOST_SIGNS

/** Lines of cron for times on days of the week; null where there are too many. */
export const weekly = (week: Week, minutes: readonly number[], zone: string): JobSchedule | null => {
  // Cron's Sunday is 0.
  const days =
    week.size === everyDay
      ? '*'
      : ranges(
          [...week].map((day) => day % 7).sort((a, b) => a - b),
          '-',
        )
  const lines = groupTimes(minutes).map(
    ({ hours, minutes: of }) =>
      `${of.length === 60 ? '*' : of} ${hours.length === 24 ? '*' : ranges(hours, '-')} * * ${days}`,
  )
  return fits(lines) ? { kind: 'cron', expression: lines.join('\n'), zone } : null
}

/** A schedule out of days, and up to which of them it goes where there are more than it can hold. */
export type Dated = { schedule: Extract<JobSchedule, { kind: 'oncalendar' }>; until: number | null }

type Month = { year: number; month: number; days: string }

/**
 * The times on these days: lines of OnCalendar that name them one by one. Days before `from` are left out. This is the place
 * where a calendar of ours would take over.
 */
export const onDays = (
  days: readonly number[],
  minutes: readonly number[],
  zone: string,
  from: number,
): Dated | null => {
  const start = [yearOf(from), from].map((first) => monthsOf(days.filter((day) => day >= startOfMonth(first))))
  // From the beginning of the year where there is room, so that the next import finds the same.
  for (const months of start) {
    const lines = linesOf(months, minutes)
    if (months.length > 0 && fits(lines)) return { schedule: calendar(lines, zone), until: null }
  }
  return longest(start[1] ?? [], (months) => linesOf(months, minutes), zone)
}

/** Several as one; null where one of them is none, or they do not fit together. */
export const together = (all: readonly (Dated | null)[]): Dated | null => {
  const [first] = all
  if (all.length <= 1) return first ?? null
  const some = all.filter((dated) => dated !== null)
  const lines = some.flatMap(({ schedule }) => schedule.expression.split('\n'))
  if (!first || some.length < all.length || !fits(lines)) return null
  const ends = some.flatMap(({ until }) => until ?? [])
  return {
    schedule: calendar(lines, first.schedule.zone),
    until: ends.length > 0 ? Math.min(...ends) : null,
  }
}

/** The times on days of the week but for these days, after which nothing is left out any more. */
export const weeklyBut = (
  week: Week,
  except: readonly number[],
  minutes: readonly number[],
  zone: string,
  from: number,
): Dated | null => {
  const last = except.at(-1)
  if (last === undefined) return null
  const without = new Set(except)
  const named =
    week.size === everyDay
      ? ''
      : `${ranges(
          [...week].sort((a, b) => a - b),
          '..',
        ).replace(/\d/g, (day) => names[Number(day) - 1] ?? '')} `
  const monthsFrom = (begin: number): Month[] => {
    const months: Month[] = []
    for (let first = begin; first <= last; first += daysIn(...yearAndMonth(first)) * DAY) {
      const [year, month] = yearAndMonth(first)
      const all = Array.from({ length: daysIn(year, month) }, (_, at) => first + at * DAY)
      const meant = all.filter((day) => week.has(weekdayOf(day / DAY)))
      const left = meant.filter((day) => !without.has(day))
      if (left.length > 0) months.push({ year, month, days: left.length === meant.length ? '*' : daysWord(left) })
    }
    return months
  }
  const withTail = (some: readonly Month[]): string[] => {
    const end = some.at(-1)
    if (!end) return []
    const { year, month } = end
    const rest: Month[] = Array.from({ length: 12 - month }, (_, at) => ({ year, month: month + at + 1, days: '*' }))
    return linesOf([...some, ...rest], minutes, named).concat(
      timesOf(minutes).map((time) => `${named}${year + 1}..${LAST_YEAR}-*-* ${time}`),
    )
  }
  const start = [yearOf(from), startOfMonth(from)].map(monthsFrom)
  // As above: from the beginning of the year where there is room.
  for (const months of start) {
    const lines = withTail(months)
    if (lines.length > 0 && fits(lines)) return { schedule: calendar(lines, zone), until: null }
  }
  return longest(start[1] ?? [], withTail, zone)
}

/** As many of the months as there is room for. */
const longest = (months: readonly Month[], write: (some: readonly Month[]) => string[], zone: string): Dated | null => {
  let kept: { lines: string[]; end: Month } | null = null
  for (let count = 1; count <= months.length; count++) {
    const lines = write(months.slice(0, count))
    const end = months[count - 1]
    if (!end || !fits(lines)) break
    kept = { lines, end }
  }
  if (!kept) return null
  const { year, month } = kept.end
  return { schedule: calendar(kept.lines, zone), until: Date.UTC(year, month - 1, daysIn(year, month)) }
}

const calendar = (lines: readonly string[], zone: string): Dated['schedule'] => ({
  kind: 'oncalendar',
  expression: lines.join('\n'),
  zone,
})

const linesOf = (months: readonly Month[], minutes: readonly number[], named = ''): string[] => {
  const times = timesOf(minutes)
  // Months of a year that have the same days are one line, and years that have the same months.
  const ofYear = grouped(
    months,
    ({ year, days }) => `${year} ${days}`,
    ({ month }) => month,
  )
  const lines = grouped(
    ofYear,
    ({ all, one }) => `${all} ${one.days}`,
    ({ one }) => one.year,
  )
  return lines.flatMap(({ all: years, one: { all: some, one } }) =>
    times.map(
      (time) => `${one.days === '*' ? named : ''}${ranges(years, '..')}-${ranges(some, '..')}-${one.days} ${time}`,
    ),
  )
}

const grouped = <T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  numberOf: (item: T) => number,
): { all: number[]; one: T }[] => {
  const groups = new Map<string, { all: number[]; one: T }>()
  for (const item of items) {
    const known = groups.get(keyOf(item))
    if (known) known.all.push(numberOf(item))
    else groups.set(keyOf(item), { all: [numberOf(item)], one: item })
  }
  return [...groups.values()]
}

const timesOf = (minutes: readonly number[]): string[] =>
  groupTimes(minutes).map(
    ({ hours, minutes: of }) =>
      `${hours.length === 24 ? '*' : ranges(hours, '..')}:${of.length === 60 ? '*' : of.map(pad)}`,
  )

const yearOf = (day: number): number => Date.UTC(yearAndMonth(day)[0], 0, 1)
const startOfMonth = (day: number): number => {
  const [year, month] = yearAndMonth(day)
  return Date.UTC(year, month - 1, 1)
}
const daysWord = (days: readonly number[]): string =>
  ranges(
    days.map((day) => (day - startOfMonth(day)) / DAY + 1),
    '..',
  )

const monthsOf = (days: readonly number[]): Month[] => {
  const months = new Map<number, number[]>()
  for (const day of days) {
    const first = startOfMonth(day)
    const known = months.get(first)
    if (known) known.push(day)
    else months.set(first, [day])
  }
  return [...months].map(([first, of]) => {
    const [year, month] = yearAndMonth(first)
    return { year, month, days: daysWord(of) }
  })
}
