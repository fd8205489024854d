/** A day that a file calls a holiday: `date` is YYYY-MM-DD, `line` where it stands, from 1. */
export type FileHoliday = { date: string; name: string; about: string; line: number }

/** What is not proposed, and what can be done about it. */
export type Skipped = { line: number; problem: string }

export type HolidayFile = { source: string; days: FileHoliday[]; skipped: Skipped[] }

/** Nothing of a file can be used; the message says why and what to do. */
export class UnreadableFile extends Error {}

/** More than any list of holidays has: a file that says so holds something else. */
export const MOST_DAYS = 2_000

/** One line without signs that steer a terminal or a page, at most so long. */
export const plain = (text: string, most = 200): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, most)
    .toWellFormed()

/** A date that the calendar of the world has, as YYYY-MM-DD; null when there is none such. */
export const realDate = (year: number, month: number, day: number): string | null => {
  if (year < 1900 || year > 2200) return null
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null
}
