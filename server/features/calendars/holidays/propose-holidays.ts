import { knownThrough, proposeHolidaysInput, yearsAhead } from '../../../../contract/calendars/index.ts'
import { invalid, notFound } from '../../../platform/errors.ts'
import { query } from '../../../platform/query.ts'
import { findCalendar } from '../stored-calendar.ts'
import { type FileHoliday, UnreadableFile } from './holiday-file.ts'
import { readHolidays } from './read-holidays.ts'

const SHOWN = 100

/** The holidays of a file beside what the calendar has. They are proposals: feeds call days holidays that are none here. */
export const proposeHolidays = query('calendar.propose_holidays', {
  permission: 'calendar.read',
  input: proposeHolidaysInput,
  async run(ctx, { id, text }) {
    const calendar = await findCalendar(ctx.db, id)
    if (!calendar) throw notFound('The calendar')
    const { rules } = calendar
    const today = ctx.now().toZonedDateTimeISO(rules.zone).toPlainDate()
    const file = read(text, today)
    const stored = new Map(rules.exceptions.map((one) => [one.date, one]))
    const days = joined(file.days).map(({ date, name, about }) => {
      const has = stored.get(date)
      const weekday = Temporal.PlainDate.from(date).dayOfWeek
      return {
        date,
        name,
        about,
        past: date < today.toString(),
        closedAnyway: !rules.weekly.some(({ day }) => day === weekday),
        stored: has ? { name: has.name, closed: has.open.length === 0 } : null,
      }
    })
    return {
      format: file.format,
      source: file.source,
      through: knownThrough(days.map(({ date }) => date)),
      days,
      skipped: file.skipped.slice(0, SHOWN),
      skippedInAll: file.skipped.length,
    }
  },
})

const read = (text: string, today: Temporal.PlainDate) => {
  try {
    return readHolidays(text, today, today.with({ month: 12, day: 31 }).add({ years: yearsAhead, days: 1 }))
  } catch (error) {
    if (error instanceof UnreadableFile) throw invalid('text', error.message)
    throw error
  }
}

/** By date, each date once, with all names that it has. */
const joined = (days: readonly FileHoliday[]) =>
  [...Map.groupBy(days, ({ date }) => date)]
    .map(([date, of]) => ({
      date,
      name: [...new Set(of.map(({ name }) => name).filter(Boolean))].join(', ').slice(0, 200),
      about: of.find(({ about }) => about)?.about ?? '',
    }))
    .sort((a, b) => (a.date < b.date ? -1 : 1))
