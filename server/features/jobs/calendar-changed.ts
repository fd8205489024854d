import { sql } from 'kysely'
import { eventInput, refId } from '../../platform/events.ts'
import type { Reaction } from '../../platform/registry-of-work.ts'
import { verb } from '../../platform/verb.ts'
import { calendarChanged } from '../calendars/index.ts'
import { expectByCalendar, forgetFlips } from './expect.ts'
import { endAlerts, tellRow } from './tell.ts'

/** A calendar is another one now: the jobs that go by it are expected by it. What was missed on what is now a holiday is no miss. */
const jobCalendarChanged = verb('job.calendar_changed', {
  permission: 'system',
  input: eventInput(calendarChanged).pick({ subject: true }),
  async run(ctx, { subject }) {
    const { rows } = await sql<{ id: string; name: string }>`
      select j.id, c.name from calendars c
      join jobs j on j.schedule ? 'calendars' and j.schedule -> 'calendars' @> to_jsonb(array[c.slug])
      where c.id = ${refId(subject)} and j.paused_at is null and j.archived_at is null`.execute(ctx.db)
    const excused = await expectByCalendar(
      ctx,
      rows.map((r) => r.id),
    )
    for (const id of excused) {
      const told = await tellRow(ctx, id)
      await forgetFlips(ctx, id, ['miss', 'unheard'])
      if (told)
        await endAlerts(ctx, told, ['miss'], `${told.name} was not due: the calendar ${rows[0]?.name} was changed`)
    }
    ctx.unchanged(undefined)
  },
})

export const jobReactions: Reaction[] = [{ event: calendarChanged, verb: jobCalendarChanged }]
