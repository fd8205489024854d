/** Dates as AutoSys prints them: `11/30/2026`, which some sites have set to day before month. */

export type DateOrder = 'month-first' | 'day-first'
type Parts = { first: number; second: number; year: number }

const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)/

const partsOf = (text: string): Parts | null => {
  const [, first, second, year] = numbers.exec(text) ?? []
  if (!first || !second || !year) return null
  return { first: Number(first), second: Number(second), year: year.length === 2 ? 2000 + Number(year) : Number(year) }
}

/** Milliseconds of a day's midnight, as if its zone were UTC; null when there is no such day. */
export const dayOf = (text: string, order: DateOrder): number | null => {
  const parts = partsOf(text)
  if (!parts) return null
  const { first, second, year } = parts
  const [month, day] = order === 'month-first' ? [first, second] : [second, first]
  const at = Date.UTC(year, month - 1, day)
  // The 31st of a short month would be one of the next.
  return year >= 1970 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) ? at : null
}

const DAY = 86_400_000

export const daysIn = (year: number, month: number): number =>
  (Date.UTC(year, month, 1) - Date.UTC(year, month - 1, 1)) / DAY

/**
 * Which way round the dates of a file are, by those that can be only one; where all can be both, the month comes first, as
 * AutoSys has it unless told otherwise, but for dates that would then lie after `until`, which none may.
 */
export const orderOf = (
  dates: Iterable<string>,
  until: number | null = null,
): { order: DateOrder; isCertain: boolean; isMixed: boolean } => {
  let monthFirst = 0
  let dayFirst = 0
  let ahead = 0
  let aheadTurned = 0
  for (const text of dates) {
    const parts = partsOf(text)
    if (!parts) continue
    if (parts.first > 12) dayFirst++
    if (parts.second > 12) monthFirst++
    if (until === null) continue
    if ((dayOf(text, 'month-first') ?? 0) > until) ahead++
    if ((dayOf(text, 'day-first') ?? 0) > until) aheadTurned++
  }
  const isMixed = monthFirst > 0 && dayFirst > 0
  if (monthFirst !== dayFirst)
    return { order: monthFirst > dayFirst ? 'month-first' : 'day-first', isCertain: !isMixed, isMixed }
  if (ahead > 0 && aheadTurned === 0) return { order: 'day-first', isCertain: true, isMixed }
  return { order: 'month-first', isCertain: ahead === 0 && aheadTurned > 0, isMixed }
}

/** Milliseconds of a date with its time, as if its zone were UTC; null for `-----`. */
export const momentOf = (text: string, order: DateOrder): number | null => {
  const day = dayOf(text, order)
  const [, hours, minutes, seconds = '0'] = /\s(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text) ?? []
  if (day === null || hours === undefined) return null
  return day + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}
