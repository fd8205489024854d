import { addHolidaysInput } from '../../../../contract/calendars/index.ts'
import { invalid, notFound } from '../../../platform/errors.ts'
import { verb } from '../../../platform/verb.ts'
import { changeCalendar } from '../change-calendar.ts'
import { calendarOf } from '../stored-calendar.ts'

/** As many as a calendar may have by the contract. */
const MOST = 5_000

/** Adds days on which it is closed, in one change of the calendar. A date that it has already stays as it is. */
export const addHolidays = verb('calendar.add_holidays', {
  permission: 'calendar.write',
  input: addHolidaysInput,
  async run(ctx, { id, days, validThrough, provenance }) {
    // Locked, so that two who accept the same file add each day once.
    const row = await ctx.db.selectFrom('calendars').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!row) throw notFound('The calendar')
    const { exceptions } = calendarOf(row).rules
    const known = new Set(exceptions.map(({ date }) => date))
    const added = days.filter(({ date }) => !known.has(date)).map(({ date, name }) => ({ date, open: [], name }))
    const all = [...exceptions.map((one) => ({ ...one, open: [...one.open] })), ...added]
    if (all.length > MOST) throw invalid('days', `A calendar has at most ${MOST} days; take old ones out first.`)
    return changeCalendar.run(ctx, {
      id,
      ...(added.length > 0 && { exceptions: all.sort((a, b) => (a.date < b.date ? -1 : 1)) }),
      ...(validThrough !== undefined && { validThrough }),
      ...(provenance !== undefined && { provenance }),
    })
  },
})
