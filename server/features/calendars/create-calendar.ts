import { createCalendarInput } from '../../../contract/calendars/index.ts'
import { invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { calendarCreated } from './events.ts'
import { showCalendar } from './queries.ts'
import { refuseBadRules } from './refuse-bad-rules.ts'
import { calendarOf } from './stored-calendar.ts'

export const createCalendar = verb('calendar.create', {
  permission: 'calendar.write',
  input: createCalendarInput,
  async run(ctx, input) {
    const { slug, kind, ...rules } = input
    refuseBadRules(rules)
    const row = await ctx.db
      .insertInto('calendars')
      .values({
        id: newId(),
        slug,
        kind,
        name: rules.name,
        zone: rules.zone,
        weekly: JSON.stringify(rules.weekly),
        exceptions: JSON.stringify(rules.exceptions),
        valid_through: rules.validThrough,
        provenance: rules.provenance,
        created_at: ctx.now(),
        updated_at: ctx.now(),
      })
      .onConflict((c) => c.column('slug').doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!row) throw invalid('slug', `${slug} is taken by another calendar; choose another.`)
    ctx.record(calendarCreated, { subject: ref('calendar', row.id), data: { kind, ...rules } })
    return showCalendar(calendarOf(row), ctx.now())
  },
})
