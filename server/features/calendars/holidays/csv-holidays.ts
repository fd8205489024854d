import { CsvError, parse } from 'csv-parse/sync'
import { dateOf, looksLikeDate, orderOf } from './csv-dates.ts'
import { type FileHoliday, type HolidayFile, MOST_DAYS, plain, type Skipped, UnreadableFile } from './holiday-file.ts'

/** Further columns are not looked at. */
const MOST_COLUMNS = 30

type Row = { cells: string[]; line: number }

const NAMED = /name|holiday|title|subject|summary|event|occasion|feiertag|bezeichnung|f[eê]te|libell/i
const WEEKDAY =
  /^((mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(day)?|mo|di|mi|do|fr|sa|so|(mon|diens|donners|frei|sams|sonn)tag|mittwoch)\.?$/i

/** A list with a date and a name in each line, by commas, semicolons or tabs, with a heading or without. Throws UnreadableFile. */
export const csvHolidays = (text: string): HolidayFile => {
  const all = rowsOf(text)
  if (all.length > MOST_DAYS)
    throw new UnreadableFile(`It has more than ${MOST_DAYS} lines. Leave out what is no holiday.`)
  const columns = Array.from({ length: MOST_COLUMNS }, (_, at) => at)
  const countIn = (fits: (cell: string) => boolean) => (column: number) =>
    all.filter(({ cells }) => fits(cells[column] ?? '')).length
  const date = best(columns, countIn(looksLikeDate))
  if (date === undefined) {
    throw new UnreadableFile(
      'No column has dates. Give a date and a name a line, such as 2026-12-25,Christmas Day, or an iCalendar file (.ics).',
    )
  }
  // A day that is written wrongly is no heading: it is to be told.
  const headed = !/\d/.test(all[0]?.cells[date] ?? '')
  const heading = headed ? (all[0]?.cells ?? []) : []
  const rows = headed ? all.slice(1) : all
  const others = columns.filter((column) => column !== date)
  const named = others.find((column) => NAMED.test(heading[column] ?? ''))
  const words = (cell: string) => /\p{L}/u.test(cell) && !WEEKDAY.test(cell) && !looksLikeDate(cell)
  const name = named ?? best(others, countIn(words))
  const order = orderOf(rows.map(({ cells, line }) => ({ cell: cells[date] ?? '', line })))
  const days: FileHoliday[] = []
  const skipped: Skipped[] = []
  for (const { cells, line } of rows) {
    const cell = cells[date] ?? ''
    const found = dateOf(cell, order)
    if (found) days.push({ date: found, name: plain((name !== undefined && cells[name]) || ''), about: '', line })
    else {
      const what = cell ? `“${plain(cell, 40)}” is not a date` : 'There is no date'
      skipped.push({ line, problem: `${what}. Write it as YYYY-MM-DD, such as 2026-12-25.` })
    }
  }
  return { source: '', days, skipped }
}

/** The first of those that count most; undefined when none counts. */
const best = (columns: readonly number[], count: (column: number) => number): number | undefined => {
  const counted = columns.map((column) => ({ column, count: count(column) }))
  const most = Math.max(0, ...counted.map((one) => one.count))
  return most === 0 ? undefined : counted.find((one) => one.count === most)?.column
}

const rowsOf = (text: string): Row[] => {
  const first = text.split(/\r?\n/).find((line) => line.trim() !== '') ?? ''
  const signs = [',', ';', '\t']
  const delimiter = signs.toSorted((a, b) => first.split(b).length - first.split(a).length)[0] ?? ','
  try {
    const read = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return read.map(({ record, info }) => ({ cells: record, line: info.lines }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number((error as { lines?: number }).lines ?? 0)
    throw new UnreadableFile(
      `Line ${line}: a quotation mark is in the wrong place, or is not closed. Put a mark around the whole field, or none.`,
    )
  }
}
