import { sql } from 'kysely'
import { canJob } from '../../../contract/jobs/can.ts'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { AppError, conflict, invalid, notFound } from '../../platform/errors.ts'
import { requireCovered } from '../monitors/index.ts'
import { businessDaysOf } from './schedule/open-calendars.ts'
import { readSchedule } from './schedule/schedule.ts'

const fieldOf: Record<JobSchedule['kind'], string> = {
  period: 'schedule.seconds',
  cron: 'schedule.expression',
  oncalendar: 'schedule.expression',
  business: 'schedule.day',
  arrival: 'schedule.day',
  after: 'schedule.job',
  waits: 'schedule.kind',
}

/**
 * A schedule must be readable, name calendars and jobs that there are, and come at least once more, unless it has no
 * time of its own. Throws the sentence that says what to mend. `jobId`: the job that has it, where there is one yet.
 */
export const requireSchedule = async (
  { db, now }: Pick<ReadContext, 'db' | 'now'>,
  schedule: JobSchedule,
  jobId: string | null = null,
): Promise<void> => {
  if (schedule.kind === 'waits') return
  if (schedule.kind === 'after') return requireFollowed(db, schedule.job, jobId)
  const days = (await businessDaysOf(db, [schedule]))(schedule)
  const [missing] = days?.missing ?? []
  if (missing !== undefined)
    throw invalid('schedule.calendars', `there is no calendar ${missing}. Add it, or mend the word.`)
  try {
    if (readSchedule(schedule, days)(now().epochMilliseconds) === null)
      throw new Error('no time fits it any more; choose another')
  } catch (error) {
    throw invalid(fieldOf[schedule.kind], `${error instanceof Error ? error.message : String(error)}.`)
  }
}

/** The job that another one follows must be there, and must not follow it in turn. */
const requireFollowed = async (db: Db, followed: string, jobId: string | null): Promise<void> => {
  const { rows } = await sql<{ id: string }>`
    with recursive ahead (id) as (
      select id from jobs where id = ${followed} and archived_at is null
      union
      select (j.schedule ->> 'job')::uuid from ahead a join jobs j on j.id = a.id where j.schedule ->> 'kind' = 'after')
    select id from ahead`.execute(db)
  if (!rows.some((r) => r.id === followed)) throw invalid('schedule.job', 'there is no such job. Choose another.')
  if (jobId !== null && rows.some((r) => r.id === jobId))
    throw invalid('schedule.job', 'it would wait for itself: that job follows this one. Choose another.')
}

/** Takes the row of a job for this transaction, after its existence, the row scope and the version the caller read. */
export const lockJob = async (ctx: Context, id: string, may?: Exclude<keyof typeof canJob, 'change'> | 'change') => {
  const row = await ctx.db.selectFrom('jobs').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
  if (!row) throw notFound('The job')
  await requireCovered(ctx, row.name, row.team_id)
  if (ctx.expected !== null && ctx.expected !== row.version)
    throw new AppError('stale', `${row.name} was changed since you read it. Load it again and repeat your change.`)
  const refusal = may
    ? canJob[may]({
        name: row.name,
        paused: row.paused_at !== null,
        archived: row.archived_at !== null,
        due: await isDue(ctx, id),
      })
    : null
  if (refusal) throw conflict(refusal)
  return { ...row, schedule: row.schedule as unknown as JobSchedule }
}

const isDue = async (ctx: Context, id: string): Promise<boolean> => {
  const state = await ctx.db
    .selectFrom('job_states')
    .select(['due_at', 'missed_at'])
    .where('job_id', '=', id)
    .executeTakeFirst()
  return state !== undefined && isExpected(state)
}

/** It is expected at some time, or was and did not come. */
export const isExpected = (s: { due_at: unknown; missed_at: unknown }): boolean =>
  s.due_at !== null || s.missed_at !== null

/** Throws `not_found` where there is no such job, or the reader may see none. */
export const requireReadable = async (ctx: ReadContext, id: string): Promise<void> => {
  const { rows } =
    ctx.scope.rows === 'all' ? await sql`select 1 from jobs where id = ${id}`.execute(ctx.db) : { rows: [] }
  if (rows.length === 0) throw notFound('The job')
}

/**
 * Commands and files know a job by its slug, so that no two of ours in a team may have the same; by the rules of
 * healthchecks they may, and then it names none of them. Two that choose it at the same time take turns.
 */
export const requireFreeSlug = async (
  ctx: Context,
  slug: string,
  teamId: string | null,
  but: string | null = null,
): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`job slug ${slug}`}, 0))`.execute(ctx.db)
  const { rows } = await sql`
    select 1 from jobs where slug = ${slug} and team_id is not distinct from ${teamId}::uuid
      and id is distinct from ${but}::uuid and archived_at is null limit 1`.execute(ctx.db)
  if (rows.length > 0) throw invalid('slug', `${slug} is taken by another job of this team; choose another.`)
}
