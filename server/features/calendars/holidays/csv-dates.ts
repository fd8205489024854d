import { realDate, UnreadableFile } from './holiday-file.ts'

/** How a list writes dates such as 03/04/2026; null while nothing tells. */
export type Order = 'day first' | 'month first' | null

const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/
/** Eight digits and nothing else: 202601 is a number of something. */
const BARE = /^(\d{4})()(\d{2})(\d{2})$/
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/
/** A time behind it is of a program that knows no dates without one. */
const TIME = /[T ]00:00(:00(\.0+)?)?Z?$/

const bare = (cell: string) => cell.trim().replace(TIME, '')

/** A day that there is, whether the day or the month comes first. */
export const looksLikeDate = (cell: string): boolean =>
  dateOf(cell, 'day first') !== null || dateOf(cell, 'month first') !== null

/** A cell as YYYY-MM-DD; null when it is none, or no day of the world's calendar. */
export const dateOf = (cell: string, order: Order): string | null => {
  const text = bare(cell)
  const [, year, , month, day] = YEAR_FIRST.exec(text) ?? BARE.exec(text) ?? []
  if (year) return realDate(Number(year), Number(month), Number(day))
  const [, first, sign, second, last] = YEAR_LAST.exec(text) ?? []
  if (!last) return null
  const dayFirst = sign === '.' || order !== 'month first'
  const [d, m] = dayFirst ? [first, second] : [second, first]
  return realDate(Number(last), Number(m), Number(d))
}

/**
 * Whether the day or the month comes first where the year is last; 25.12.2026 is day first everywhere. Throws
 * UnreadableFile when both or neither can be: nobody is to guess when a desk is closed.
 */
export const orderOf = (cells: readonly { cell: string; line: number }[]): Order => {
  const open = cells.flatMap(({ cell, line }) => {
    const [, first, sign, second] = YEAR_LAST.exec(bare(cell)) ?? []
    return first && sign !== '.' ? [{ cell: bare(cell), line, first: Number(first), second: Number(second) }] : []
  })
  if (open.length === 0) return null
  const dayFirst = open.find(({ first }) => first > 12)
  const monthFirst = open.find(({ second }) => second > 12)
  const remedy = 'Write dates as YYYY-MM-DD, such as 2026-12-25.'
  if (dayFirst && monthFirst) {
    const both = `${dayFirst.cell} (line ${dayFirst.line}) and ${monthFirst.cell} (line ${monthFirst.line})`
    throw new UnreadableFile(`${both} do not have the day in the same place. ${remedy}`)
  }
  if (dayFirst) return 'day first'
  if (monthFirst) return 'month first'
  const unclear = open.find(({ first, second }) => first !== second)
  if (!unclear) return 'day first'
  throw new UnreadableFile(`Line ${unclear.line}: in ${unclear.cell} the day or the month may come first. ${remedy}`)
}
