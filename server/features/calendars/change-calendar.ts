import { changeCalendarInput } from '../../../contract/calendars/index.ts'
import type { Context } from '../../platform/context.ts'
import { differences } from '../../platform/differences.ts'
import { AppError, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { calendarChanged } from './events.ts'
import { showCalendar } from './queries.ts'
import { refuseBadRules } from './refuse-bad-rules.ts'
import { calendarOf, type StoredCalendar } from './stored-calendar.ts'

/** Changes the fields that are given. Clocks that run by the calendar are computed anew by the features that own them. */
export const changeCalendar = verb('calendar.change', {
  permission: 'calendar.write',
  input: changeCalendarInput,
  async run(ctx, { id, ...given }) {
    const stored = await lock(ctx, id)
    const old: Fields = { name: stored.name, provenance: stored.provenance, ...stored.rules }
    const change = differences(old, given)
    if (!change) return ctx.unchanged(showCalendar(stored, ctx.now()))
    const { before, after, next } = change
    refuseBadRules(next)
    const row = await ctx.db
      .updateTable('calendars')
      .set((eb) => ({
        name: next.name,
        zone: next.zone,
        weekly: JSON.stringify(next.weekly),
        exceptions: JSON.stringify(next.exceptions),
        valid_through: next.validThrough,
        provenance: next.provenance,
        updated_at: ctx.now(),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    ctx.record(calendarChanged, {
      subject: ref('calendar', id),
      data: { name: next.name, before, after },
    })
    return showCalendar(calendarOf(row), ctx.now())
  },
})

type Fields = StoredCalendar['rules'] & { name: string; provenance: string }

// Locked, because the rules are judged as a whole: two changes of parts must not meet to something that is wrong.
const lock = async (ctx: Context, id: string): Promise<StoredCalendar> => {
  const row = await ctx.db.selectFrom('calendars').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('The calendar')
  if (ctx.expected !== null && row.version !== ctx.expected) {
    throw new AppError(
      'stale',
      'Somebody changed this calendar since you read it. Load it again and repeat your change.',
    )
  }
  return calendarOf(row)
}
