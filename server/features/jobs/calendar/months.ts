import { sql } from 'kysely'
import { z } from 'zod'
import { type JobCalendarInput, jobCalendarInput } from '../../../../contract/jobs/calendar.ts'
import type { ReadContext } from '../../../platform/context.ts'
import { readCursor, toPage } from '../../../platform/db/keyset.ts'
import { query } from '../../../platform/query.ts'
import { beginsBy } from '../cuts.ts'
import { scheduleWords } from '../job-words.ts'
import { shownIn } from '../list.ts'
import { namesIn } from '../places.ts'
import { businessDaysOf } from '../schedule/open-calendars.ts'
import { calendarJobs } from './calendar-jobs.ts'
import { type Counted, countRuns } from './count-runs.ts'
import { daysOfMonth } from './days.ts'
import { keptSince, showDay } from './show-days.ts'

/** A month of jobs of a filter, by name: each day with its worst, its counts and what is expected. */
export const jobsCalendar = query('job.calendar', {
  permission: 'job.read',
  input: jobCalendarInput,
  async run(ctx, input) {
    const now = ctx.now()
    const page = toPage(await placesOf(ctx, input), input.limit, (r) => [r.sort, r.id])
    const found = await calendarJobs(
      ctx.db,
      page.items.map((r) => r.id),
      now,
      input.zone,
    )
    const jobs = page.items.flatMap(({ id }) => found.find((job) => job.id === id) ?? [])
    const daysOf = await businessDaysOf(
      ctx.db,
      jobs.map((job) => job.schedule),
    )
    const counted: Counted = new Map()
    const beginsIn = await beginsBy(ctx.db, input.cut)
    // The days of a zone are the same instants for all its jobs.
    for (const [zone, of] of Map.groupBy(jobs, (job) => job.zone)) {
      const ids = of.map((job) => job.id)
      for (const [id, days] of await countRuns(ctx.db, ids, daysOfMonth(input.month, zone, beginsIn(zone))))
        counted.set(id, days)
    }
    return {
      month: input.month,
      keptSince: Temporal.Instant.fromEpochMilliseconds(keptSince(now)).toString().slice(0, 10),
      next: page.next,
      items: jobs.map((job) => ({
        id: job.id,
        name: job.name,
        service: job.service,
        team: job.team,
        state: job.state,
        zone: job.zone,
        words: scheduleWords(job.schedule, job.follows ?? undefined),
        days: daysOfMonth(input.month, job.zone, beginsIn(job.zone)).map(
          (day, i) => showDay(job, daysOf(job.schedule), day, counted.get(job.id)?.get(i), now).shown,
        ),
      })),
    }
  },
})

const place = z.tuple([z.string(), z.uuid()])

const placesOf = async (ctx: ReadContext, input: JobCalendarInput) => {
  if (ctx.scope.rows !== 'all') return []
  const cursor = input.cursor ? readCursor(input.cursor, place) : null
  const after = cursor && { sort: cursor[0], id: cursor[1] }
  const statuses = shownIn[input.view].filter((s) => input.state === undefined || s === input.state)
  // A job that is asked for by its name is shown, put away or not.
  const found = input.jobId
    ? sql<{ id: string; sort: string }>`select id, lower(name) as sort from jobs where id = ${input.jobId}`
    : namesIn(statuses, input, ctx.now(), { after, limit: input.limit + 1 })
  return (await found.execute(ctx.db)).rows
}
