import { csvHolidays } from './csv-holidays.ts'
import { type HolidayFile, UnreadableFile } from './holiday-file.ts'
import { icalHolidays } from './ical-holidays.ts'

/**
 * The holidays in the text of a file, iCalendar or CSV. What comes again each year is followed from `from` until before
 * `to`. Throws UnreadableFile with a sentence that says what to do.
 */
export const readHolidays = (
  given: string,
  from: Temporal.PlainDate,
  to: Temporal.PlainDate,
): HolidayFile & { format: 'ical' | 'csv' } => {
  const text = given.replace(/^\ufeff/, '')
  if (text.trim() === '')
    throw new UnreadableFile('It is empty. Give a file with a date and a name a line, or an .ics.')
  if (text.startsWith('PK\u0003\u0004')) {
    throw new UnreadableFile(
      'It is a workbook or an archive. Save the sheet as CSV (in Excel: CSV UTF-8) and give that.',
    )
  }
  const strange = text.search(/[\0\ufffd]/)
  if (strange >= 0) {
    const line = text.slice(0, strange).split('\n').length
    throw new UnreadableFile(
      `Line ${line} has signs that are not UTF-8. Save the file as UTF-8 (in Excel: CSV UTF-8) and give it again.`,
    )
  }
  if (/^\s*</.test(text)) {
    throw new UnreadableFile('It is a web page, not a file of dates. Take the link to the .ics or .csv on that page.')
  }
  return /^\s*BEGIN:/i.test(text)
    ? { format: 'ical', ...icalHolidays(text, from, to) }
    : { format: 'csv', ...csvHolidays(text) }
}
