import { sql } from 'kysely'
import { jobsKind } from '../../../contract/alerts/words.ts'
import type { Environment } from '../../../contract/base.ts'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { ref } from '../../platform/events.ts'
import { jobSource, reportSignals } from '../alerts/index.ts'
import type { Flip } from './job-state.ts'
import { businessDaysOf } from './schedule/open-calendars.ts'
import { doubtAt } from './schedule/schedule.ts'
import { type AlertKind, alertKinds, dedupKeyOf, type Left, signalOf, type Told } from './signal.ts'

/** Of `jobs as j` the job `a` that it follows. */
export const followed = sql<boolean>`a.id = case when j.schedule ->> 'kind' = 'after' then (j.schedule ->> 'job')::uuid end`

export type TellRow = Told & { serviceId: string | null; teamId: string | null }

/** What reports need of a job; null when it is gone. */
export const tellRow = async (ctx: Context, id: string): Promise<TellRow | null> => {
  const row = await ctx.db
    .selectFrom('jobs as j')
    .leftJoin('services as s', 's.id', 'j.service_id')
    .leftJoin('jobs as a', (join) => join.on(followed))
    .leftJoin('job_sight_jobs as b', 'b.job_id', 'j.id')
    .leftJoin('job_sights as g', 'g.id', 'b.sight_id')
    .select(['j.id', 'j.name', 'j.environment', 'j.schedule', 'j.description', 'j.team_id as teamId'])
    .select(['j.grace_seconds as graceSeconds', 'j.max_run_seconds as maxRunSeconds', 'j.rules'])
    .select(['j.min_run_seconds as minRunSeconds', 'j.min_gap_seconds as minGapSeconds'])
    .select(['j.failures_in_a_row as failuresInARow', 'a.name as follows', 'g.name as sight'])
    .select(['j.service_id as serviceId', 's.slug as service'])
    .where('j.id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  const schedule = row.schedule as JobSchedule
  const days = (await businessDaysOf(ctx.db, [schedule]))(schedule)
  return {
    ...row,
    environment: row.environment as Environment,
    schedule,
    doubtAt: (ms) => doubtAt(schedule, days, ms),
    maxRunSeconds: row.rules === 'healthchecks' ? row.graceSeconds : row.maxRunSeconds,
  }
}

/** The hold that a person has put on this run, so that nobody is told of it; null when there is none. */
export const heldRunOf = async (db: Db, jobId: string, runId: string | null) => {
  if (runId === null) return null
  const row = await db.selectFrom('job_held_runs').selectAll().where('job_id', '=', jobId).executeTakeFirst()
  return row?.run_id === runId ? { runId, reason: row.reason, by: row.by_name, at: row.at } : null
}

type Open = {
  id: string
  title: string
  acknowledgedBy: string | null
  kind: AlertKind
  status: string
  ticketId: string | null
  number: string | null
  ticketState: string | null
}

/** The open alerts of a job with their tickets. */
export const openAlertsOf = async (db: Db, jobId: string): Promise<Open[]> => {
  const keys = alertKinds.map((kind) => dedupKeyOf(jobId, kind))
  const { rows } = await sql<Omit<Open, 'kind'> & { key: string }>`
    select a.id, a.title, a.acknowledged_by ->> 'name' as "acknowledgedBy", a.dedup_key as key, a.status, t.id as "ticketId", t.number, t.state as "ticketState"
    from sources s join alerts a on a.source_id = s.id left join tickets t on t.id = a.ticket_id
    where s.kind = ${jobsKind} and a.dedup_key = any(${keys}) and a.status in ('firing', 'blind')
    order by a.started_at`.execute(db)
  return rows.map(({ key, ...r }) => ({ ...r, kind: alertKinds[keys.indexOf(key)] ?? 'miss' }))
}

const isOver = (state: string | null): boolean => state === 'resolved' || state === 'closed' || state === 'cancelled'

/** Whose timelines an event about a job belongs to; that of an incident about it as well. */
export const aboutJob = (job: { id: string; serviceId: string | null }, tickets: (string | null)[] = []) => ({
  subject: ref('job', job.id),
  about: [job.serviceId && ref('service', job.serviceId), ...tickets.map((t) => t && ref('ticket', t))],
})

/**
 * Tells alerts of a change. A failure or a miss that is told again says nothing new while somebody has its incident; once
 * that is over, it is trouble anew. Answers the tickets that it is about, or null when there was nothing to tell.
 */
export const tellAlerts = async (ctx: Context, job: Told, flip: Flip, left: Left | null): Promise<string[] | null> => {
  const open = (await openAlertsOf(ctx.db, job.id)).filter((a) => a.kind === flip.kind)
  const tickets = open.flatMap((a) => a.ticketId ?? [])
  if (flip.on && open.some((a) => !isOver(a.ticketState))) return null
  const signal = signalOf(job, flip, left, ctx.now().epochMilliseconds, ctx.config.BASE_URL)
  const ended = flip.on && open.length > 0 ? [{ ...signal, kind: 'resolved' as const, at: null }] : []
  await reportSignals(ctx, await jobSource(ctx), [...ended, ended.length > 0 ? { ...signal, at: null } : signal])
  return tickets
}

/** Ends alerts of a job because of what a person did. */
export const endAlerts = async (
  ctx: Context,
  job: Told,
  kinds: readonly AlertKind[],
  summary: string,
): Promise<void> => {
  const open = (await openAlertsOf(ctx.db, job.id)).filter((a) => kinds.includes(a.kind))
  if (open.length === 0) return
  const at = ctx.now().epochMilliseconds
  const signals = open.map(({ kind }) => ({
    ...signalOf(
      job,
      {
        kind,
        on: false,
        flip: 0,
        at,
        due: null,
        run: null,
        exit: null,
        ms: null,
        ended: null,
        heard: null,
        short: false,
      },
      null,
      at,
      ctx.config.BASE_URL,
    ),
    summary,
  }))
  await reportSignals(ctx, await jobSource(ctx), signals)
}
