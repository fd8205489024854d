import { proposeHolidaysInput } from '../../../../contract/calendars/index.ts'
import { invalid, notFound } from '../../../platform/errors.ts'
import { query } from '../../../platform/query.ts'
import { findCalendar } from '../stored-calendar.ts'
import { UnreadableFile } from './holiday-file.ts'
import { proposalsOf } from './proposals.ts'

/** The holidays of a file beside what the calendar has. They are proposals: feeds call days holidays that are none here. */
export const proposeHolidays = query('calendar.propose_holidays', {
  permission: 'calendar.read',
  input: proposeHolidaysInput,
  async run(ctx, { id, text }) {
    const calendar = await findCalendar(ctx.db, id)
    if (!calendar) throw notFound('The calendar')
    try {
      return proposalsOf(text, calendar.rules, ctx.now())
    } catch (error) {
      if (error instanceof UnreadableFile) throw invalid('text', error.message)
      throw error
    }
  },
})
