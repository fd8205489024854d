import { z } from 'zod'
import { id, text } from '../base.ts'

/** Holidays of a file, proposed for a calendar: nothing is added before somebody has accepted it. */

/** Half of what a body may have: a file of a country has a fifth of it. */
export const mostHolidayText = 500_000

/** What comes again each year is proposed through the end of so many years after this one. */
export const yearsAhead = 2

/**
 * How far these days say that holidays are known: through the last year of which they have more than its first days,
 * because a list of one year often ends with New Year's Day of the next.
 */
export const knownThrough = (dates: readonly string[]): string | null => {
  const year = dates
    .filter((date) => date.slice(5, 7) > '01')
    .map((date) => date.slice(0, 4))
    .toSorted()
    .at(-1)
  return year ? `${year}-12-31` : null
}

export const proposeHolidaysInput = z.object({
  id,
  text: z
    .string()
    .max(mostHolidayText, `must have at most ${mostHolidayText} characters; leave out what is no holiday`)
    .meta({ description: 'What stands in an iCalendar (.ics) or CSV file, or in a list: a date and a name a line' }),
})

const proposedHoliday = z.object({
  date: z.string().meta({ description: 'YYYY-MM-DD' }),
  name: z.string(),
  about: z.string().meta({ description: 'What the file says about it, such as “Observance”; often nothing' }),
  past: z.boolean().meta({ description: 'Before today, by the clock of the calendar' }),
  closedAnyway: z.boolean().meta({ description: 'On a weekday without open hours' }),
  stored: z
    .object({ name: z.string(), closed: z.boolean() })
    .nullable()
    .meta({ description: 'What the calendar has for this date already; it stays as it is' }),
})

export const holidayProposals = z.object({
  format: z.enum(['ical', 'csv']),
  source: z.string().meta({ description: 'What the file calls itself; often nothing' }),
  through: z.string().nullable().meta({
    description: 'The last day of the last year of which it has a day after January; null when there is none',
  }),
  days: z.array(proposedHoliday),
  skipped: z
    .array(z.object({ line: z.number(), problem: z.string() }))
    .meta({ description: 'What is not proposed, why, and what can be done; at most 100' }),
  skippedInAll: z.number(),
})

export const addHolidaysInput = z.object({
  id,
  days: z
    .array(z.object({ date: z.string().max(20).meta({ description: 'YYYY-MM-DD' }), name: text(200) }))
    .min(1, 'must have at least one day')
    .max(2_000, 'must have at most 2000 days'),
  validThrough: z
    .string()
    .max(20)
    .nullable()
    .optional()
    .meta({ description: 'The last date for which the holidays are known now; as before, when left away' }),
  provenance: text(500).optional().meta({ description: 'Where they come from; as before, when left away' }),
})
