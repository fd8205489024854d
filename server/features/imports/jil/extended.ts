import { weekdayOf } from '../../../platform/wall-clock.ts'
import type { Calendars, Periods } from './calendars.ts'
import { type DayRule, RuleError, readRule } from './day-rules.ts'
import { DAY } from './days.ts'
import type { Statement } from './lex.ts'
import { plainValue } from './values.ts'

type Sources = {
  calendarOf: Calendars
  cycles: ReadonlyMap<string, Periods>
  from: number
  until: number
}

/** Longer than any holidays: a rule that finds no working day within it has none. */
const MOST_WALKED = 366

/**
 * The days of an extended calendar by its rules: those that its conditions name, of which holidays and days off are kept,
 * left out or moved as it says, all of them moved by `adjust` at the end. A sentence's part where a rule is not known.
 */
export const extendedDays = (
  { attributes }: Statement,
  { calendarOf, cycles, from, until }: Sources,
): number[] | string => {
  const last = (key: string): string => plainValue(attributes.findLast((a) => a.key === key)?.value ?? '')
  const holcal = last('holcal')
  const off = holcal ? calendarOf(holcal) : null
  if (off === undefined || off?.unknown) return `its calendar of holidays ${holcal} is not among the files`
  const cyccal = last('cyccal')
  const periods = cyccal ? cycles.get(cyccal) : []
  if (!periods) return `its cycle ${cyccal} is not among the files`
  const workdays = workdaysOf(last('workday'))
  const holidays = new Set(off?.days)
  const isWorkday = (day: number): boolean => workdays.has(weekdayOf(day / DAY))
  const isFree = (day: number): boolean => isWorkday(day) && !holidays.has(day)
  const walk = (day: number, by: number): number | null => {
    for (let next = day + by, steps = 0; steps < MOST_WALKED; next += by, steps++) if (isFree(next)) return next
    return null
  }
  const moved = (action: string, day: number): number | null => {
    if (action === 'N') return day + DAY
    if (action === 'W') return walk(day, DAY)
    return action === 'P' ? walk(day, -DAY) : day
  }
  const onHoliday = last('holiday').toUpperCase()
  // Where nothing is said of holidays, they are days off as others are.
  const onDayOff = last('non_workday').toUpperCase()
  const placed = (day: number): number | null => {
    if (onHoliday && holidays.has(day)) return moved(onHoliday, day)
    if (isFree(day) || !onDayOff) return onHoliday === 'O' || onDayOff === 'O' ? null : day
    return onDayOff === 'N' ? walk(day, DAY) : moved(onDayOff, day)
  }
  const adjust = /^[+-]?\d$/.test(last('adjust')) ? Number(last('adjust')) : 0
  try {
    const rules = attributes.filter(({ key, value }) => key === 'condition' && plainValue(value) !== '')
    const context = { isWorkday, isHoliday: (day: number) => holidays.has(day), periods }
    const any = rules.map(({ value }): DayRule => readRule(plainValue(value), context))
    const found = new Set<number>()
    for (let day = from; day <= until; day += DAY) {
      if (any.length > 0 && !any.some((rule) => rule(day))) continue
      const at = placed(day)
      if (at !== null) found.add(at + adjust * DAY)
    }
    return [...found].sort((a, b) => a - b)
  } catch (error) {
    if (error instanceof RuleError) return error.message
    throw error
  }
}

const codes = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']

/** `mo,tu,we,th,fr`, `XXXXX..` from Monday, or `all`; from Monday to Friday where nothing is said. */
const workdaysOf = (given: string): ReadonlySet<number> => {
  const text = given.toLowerCase()
  if (text === 'all') return new Set([1, 2, 3, 4, 5, 6, 7])
  if (/^[x.]{7}$/.test(text)) return new Set([...text].flatMap((sign, at) => (sign === 'x' ? [at + 1] : [])))
  const named = text.split(/[,\s]+/).map((word) => codes.indexOf(word.slice(0, 2)) + 1)
  const days = named.filter((day) => day > 0)
  return new Set(days.length > 0 ? days : [1, 2, 3, 4, 5])
}
