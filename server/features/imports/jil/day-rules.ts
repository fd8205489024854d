import { weekdayOf } from '../../../platform/wall-clock.ts'
import { daysIn } from '../../jobs/index.ts'
import type { Periods } from './calendars.ts'
import { DAY, yearAndMonth } from './days.ts'

/** Whether a day, as milliseconds of its midnight in UTC, is one that a rule of an extended calendar names. */
export type DayRule = (day: number) => boolean
export type RuleContext = { isWorkday: DayRule; isHoliday: DayRule; periods: Periods }

/** A rule that is not known here; the message is part of a sentence. */
export class RuleError extends Error {}

const MOST_DEPTH = 100
const MOST_TEXT = 10_000

/**
 * Reads keywords such as `WORKD#1`, `MON#L`, `EOM`, joined by AND, OR and NOT or their signs, with parentheses or braces.
 * Commas are OR. Throws RuleError for those that are not known.
 */
export const readRule = (text: string, context: RuleContext): DayRule => {
  if (text.length > MOST_TEXT) throw new RuleError('its rule is too long')
  const tokens = text.toUpperCase().match(/[(){}&|,]|[^\s(){}&|,]+/g) ?? []
  let at = 0
  const either = (depth: number): DayRule => {
    let whole = both(depth)
    while (['|', ',', 'OR'].includes(tokens[at] ?? '')) {
      at++
      const [left, right] = [whole, both(depth)]
      whole = (day) => left(day) || right(day)
    }
    return whole
  }
  const both = (depth: number): DayRule => {
    let whole = one(depth)
    while (['&', 'AND'].includes(tokens[at] ?? '')) {
      at++
      const [left, right] = [whole, one(depth)]
      whole = (day) => left(day) && right(day)
    }
    return whole
  }
  const one = (depth: number): DayRule => {
    if (depth > MOST_DEPTH) throw new RuleError('its rule has too many parentheses')
    const token = tokens[at++] ?? ''
    if (token === 'NOT') {
      const inside = one(depth + 1)
      return (day) => !inside(day)
    }
    if (token !== '(' && token !== '{') return keyword(token, context)
    const inside = either(depth + 1)
    if (![')', '}'].includes(tokens[at++] ?? '')) throw new RuleError('a parenthesis of its rule is not closed')
    return inside
  }
  const rule = either(0)
  if (at < tokens.length) throw new RuleError(`its rule is not understood at ${tokens[at]}`)
  return rule
}

const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const every: DayRule = () => true

const keyword = (word: string, { isWorkday, isHoliday, periods }: RuleContext): DayRule => {
  const isNamed = (name: string): DayRule => {
    const weekday = weekdays.indexOf(name) + 1
    return (day) => weekdayOf(day / DAY) === weekday
  }
  const plain: Record<string, DayRule> = {
    DAILY: every,
    WORKDAYS: isWorkday,
    WEEKDAYS: (day) => weekdayOf(day / DAY) <= 5 && !isHoliday(day),
    FOM: nth(every, monthOf, 1),
    EOM: nth(every, monthOf, -1),
    FOMWORK: nth(isWorkday, monthOf, 1),
    EOMWORK: nth(isWorkday, monthOf, -1),
    CYCLE: (day) => periodOf(periods)(day) !== null,
  }
  const known = Object.hasOwn(plain, word) ? plain[word] : undefined
  if (known) return known
  if (weekdays.includes(word)) return isNamed(word)
  if (months.includes(word)) return (day) => monthNumber(day) === months.indexOf(word) + 1
  const [, excludes, family = '', way, number = ''] =
    /^(X?)(WORKD|MNTHD|CYCL|CWRK|C?[A-Z]{3})([#MX])(\d{1,3}|L)$/.exec(word) ?? []
  if (!way) {
    const other = word.startsWith('X') ? plain[word.slice(1)] : undefined
    if (other && /^X[FE]OM/.test(word)) return (day) => !other(day)
    throw new RuleError(word ? `its rule ${word} is not known here` : 'its rule ends too early')
  }
  // From its beginning, or with M and L from its end.
  const place = number === 'L' ? -1 : way === 'M' ? -Number(number) : Number(number)
  const found = ordinal(family, place)
  if (!found) throw new RuleError(`its rule ${word} is not known here`)
  return excludes || way === 'X' ? (day) => !found(day) : found

  function ordinal(of: string, at: number): DayRule | null {
    if (of === 'WORKD') return nth(isWorkday, monthOf, at)
    if (of === 'MNTHD') return nth(every, monthOf, at)
    if (of === 'CYCL') return nth(every, periodOf(periods), at)
    if (of === 'CWRK') return nth(isWorkday, periodOf(periods), at)
    if (weekdays.includes(of)) return nth(isNamed(of), monthOf, at)
    if (of.startsWith('C') && weekdays.includes(of.slice(1))) return nth(isNamed(of.slice(1)), periodOf(periods), at)
    if (!months.includes(of)) return null
    const inMonth = nth(every, monthOf, at)
    return (day) => monthNumber(day) === months.indexOf(of) + 1 && inMonth(day)
  }
}

type Span = readonly [first: number, last: number]

/** Whether a day is the so-manieth of those that count in its month or period; from the end where that is below zero. */
const nth =
  (counts: DayRule, spanOf: (day: number) => Span | null, place: number): DayRule =>
  (day) => {
    const span = counts(day) ? spanOf(day) : null
    if (!span) return false
    let seen = 0
    if (place > 0) for (let at = span[0]; at <= day; at += DAY) seen += counts(at) ? 1 : 0
    else for (let at = span[1]; at >= day; at -= DAY) seen += counts(at) ? 1 : 0
    return seen === Math.abs(place)
  }

const monthNumber = (day: number): number => yearAndMonth(day)[1]
const monthOf = (day: number): Span => {
  const [year, month] = yearAndMonth(day)
  const first = Date.UTC(year, month - 1, 1)
  return [first, first + (daysIn(year, month) - 1) * DAY]
}
const periodOf =
  (periods: Periods) =>
  (day: number): Span | null =>
    periods.find(([first, last]) => day >= first && day <= last) ?? null
