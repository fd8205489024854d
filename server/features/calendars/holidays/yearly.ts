/** What a yearly rule (RFC 5545) may say here. */
export type YearlyRule = {
  interval: number
  /** YYYY-MM-DD, inclusive. */
  until: string | null
  months: readonly number[]
  /** Negative: from the end of the month. */
  monthDays: readonly number[]
  /** 'MO', '1MO', '-1MO'. */
  weekdays: readonly string[]
}

/** A date as rules speak of it; what counts from an end is negative. */
type Day = {
  date: string
  year: number
  month: number
  monthDays: readonly [number, number]
  weekdaysOfMonth: readonly string[]
  weekdaysOfYear: readonly string[]
}

const NAMES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

const dayOf = (date: Temporal.PlainDate): Day => {
  const name = NAMES[date.dayOfWeek - 1] ?? ''
  const placed = (at: number, of: number) => [
    name,
    `${Math.ceil(at / 7)}${name}`,
    `-${Math.ceil((of - at + 1) / 7)}${name}`,
  ]
  return {
    date: date.toString(),
    year: date.year,
    month: date.month,
    monthDays: [date.day, date.day - date.daysInMonth - 1],
    weekdaysOfMonth: placed(date.day, date.daysInMonth),
    weekdaysOfYear: placed(date.dayOfYear, date.daysInYear),
  }
}

/** The dates from `from` until before `to`, for `yearlyDates`. */
export const daysBetween = (from: Temporal.PlainDate, to: Temporal.PlainDate): Day[] =>
  Array.from({ length: from.until(to, { largestUnit: 'days' }).days }, (_, days) => dayOf(from.add({ days })))

const some = <T>(allowed: readonly T[], of: readonly T[]) =>
  allowed.length === 0 || of.some((one) => allowed.includes(one))

/**
 * Which of the days a yearly rule means that began on `start`. Each day is asked, because libraries that count from one
 * to the next find no end for rules such as BYMONTHDAY=-16;BYDAY=1MO, which anybody may send.
 */
export const yearlyDates = (rule: YearlyRule, start: Temporal.PlainDate, days: readonly Day[]): string[] => {
  const { weekdays, monthDays, months } = rule
  const first = start.toString()
  // What the rule leaves open is as it was the first time.
  const inMonths = months.length + weekdays.length + monthDays.length === 0 ? [start.month] : months
  const onDays = weekdays.length + monthDays.length === 0 ? [start.day] : monthDays
  const fits = (day: Day) =>
    day.date >= first &&
    (rule.until === null || day.date <= rule.until) &&
    (day.year - start.year) % rule.interval === 0 &&
    some(inMonths, [day.month]) &&
    some(onDays, day.monthDays) &&
    some(weekdays, months.length > 0 ? day.weekdaysOfMonth : day.weekdaysOfYear)
  return days.filter(fits).map(({ date }) => date)
}
