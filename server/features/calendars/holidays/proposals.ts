import type { z } from 'zod'
import { type holidayProposals, knownThrough, yearsAhead } from '../../../../contract/calendars/index.ts'
import type { Instant } from '../../../platform/clock.ts'
import type { CalendarRules } from '../calendar-rules.ts'
import type { FileHoliday } from './holiday-file.ts'
import { readHolidays } from './read-holidays.ts'

const SHOWN = 100

/** The holidays of a text beside what a calendar has. Throws UnreadableFile. */
export const proposalsOf = (text: string, rules: CalendarRules, now: Instant): z.output<typeof holidayProposals> => {
  const today = now.toZonedDateTimeISO(rules.zone).toPlainDate()
  const file = readHolidays(text, today, today.with({ month: 12, day: 31 }).add({ years: yearsAhead, days: 1 }))
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
