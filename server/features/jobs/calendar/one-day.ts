import { sql } from 'kysely'
import { jobDayInput } from '../../../../contract/jobs/calendar.ts'
import type { Db } from '../../../platform/db/pool.ts'
import { invalid, notFound } from '../../../platform/errors.ts'
import { query } from '../../../platform/query.ts'
import { parseWall } from '../../../platform/wall-clock.ts'
import { beginsBy } from '../cuts.ts'
import { endsRun, type RunRow, runColumns, showOpen, showRun, unusualOf } from '../run-rows.ts'
import { businessDaysOf } from '../schedule/open-calendars.ts'
import { calendarJobs } from './calendar-jobs.ts'
import { begun, countRuns, isNoted, LATEST } from './count-runs.ts'
import { type Day, dayOf } from './days.ts'
import { showDay } from './show-days.ts'

const MOST_SHOWN = 100

/** A day of a job: its runs, and when it is expected. */
export const dayOfJob = query('job.day', {
  permission: 'job.read',
  input: jobDayInput,
  async run(ctx, input) {
    if (parseWall(input.date) === null) throw invalid('date', `there is no day ${input.date}.`)
    const now = ctx.now()
    const [job] = ctx.scope.rows === 'all' ? await calendarJobs(ctx.db, [input.id], now, input.zone) : []
    if (!job) throw notFound('The job')
    const day = dayOf(input.date, job.zone, (await beginsBy(ctx.db, input.cut))(job.zone))
    const days = (await businessDaysOf(ctx.db, [job.schedule]))(job.schedule)
    const counted = (await countRuns(ctx.db, [job.id], [day])).get(job.id)?.get(0)
    const { shown, times } = showDay(job, days, day, counted, now)
    const rows = await runsOn(ctx.db, job.id, day)
    const unusual = await unusualOf(
      ctx.db,
      job.id,
      rows.map((r) => r.run_id),
    )
    const open = job.open.filter((r) => day.from <= (r.due ?? r.at) && (r.due ?? r.at) < day.to)
    return {
      ...shown,
      job: { id: job.id, name: job.name },
      zone: job.zone,
      beginsAt: Temporal.Instant.fromEpochMilliseconds(day.from),
      endsAt: Temporal.Instant.fromEpochMilliseconds(day.to),
      list: [...rows.map((r) => showRun(r, unusual.get(r.run_id))), ...open.map(showOpen)],
      times: times.map((at) => Temporal.Instant.fromEpochMilliseconds(at)),
    }
  },
})

/** The first of them, and the first of those that are to be noted, as they came. */
const runsOn = async (db: Db, id: string, day: Day): Promise<RunRow[]> => {
  const within = sql`p.job_id = ${id} and p.at >= to_timestamp(${day.from}::float8 / 1000)
    and p.at < to_timestamp(${day.to}::float8 / 1000) + ${LATEST} and ${endsRun}
    and ${begun} >= to_timestamp(${day.from}::float8 / 1000) and ${begun} < to_timestamp(${day.to}::float8 / 1000)`
  const { rows } = await sql<RunRow>`
    select * from (
      (select ${runColumns} from pings p where ${within} and ${isNoted} order by p.at limit ${MOST_SHOWN}) union
      (select ${runColumns} from pings p where ${within} order by p.at limit ${MOST_SHOWN})) x order by at, id`.execute(
    db,
  )
  return rows
}
