import { sql } from 'kysely'
import type { Environment } from '../../../contract/base.ts'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { JobRules, JobStatus } from '../../../contract/jobs/words.ts'
import { type Instant, plusSeconds } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { OpenRun } from './job-state.ts'
import { reasonOf } from './job-words.ts'
import { type BusinessDays, businessDaysOf } from './schedule/open-calendars.ts'
import { afterOf, doubtAt } from './schedule/schedule.ts'
import { followed } from './tell.ts'

/** Of `jobs as j`: nothing is told of it for the time being, though something should. */
const isBlind = sql<boolean>`exists (select 1 from job_sight_jobs b join job_sights g on g.id = b.sight_id
  where b.job_id = j.id and g.blind_since is not null)`

/** The status that a reader sees at `now`, of `jobs as j` and `job_states as s`. */
export const statusAt = (now: Instant) => sql<JobStatus>`
  case when j.paused_at is not null then 'paused'
    when (s.open <> '[]' or (s.due_at <= ${now} and s.missed_at is null)) and ${isBlind} then 'unknown' when s.is_long then 'running_long' when s.open <> '[]' and s.open -> 0 -> 'over' is null then 'running'
    when s.missed_at is not null then 'missing' when s.outcome = 'fail' then 'failed' when s.unheard_at is not null then 'unknown'
    when s.due_at <= ${now} then 'late' when s.outcome is null then 'new' else 'ok' end`

/** Jobs as lists and pages show them. */
export const selectJobs = (db: Db, now: Instant) =>
  db
    .selectFrom('jobs as j')
    .innerJoin('job_states as s', 's.job_id', 'j.id')
    .leftJoin('services as v', 'v.id', 'j.service_id')
    .leftJoin('teams as t', 't.id', 'j.team_id')
    .leftJoin('jobs as a', (join) => join.on(followed))
    .leftJoin('job_norms as g', 'g.job_id', 'j.id')
    .leftJoin('job_sight_jobs as b', 'b.job_id', 'j.id')
    .leftJoin('job_sights as e', 'e.id', 'b.sight_id')
    .select([
      'j.id',
      'j.slug',
      'j.name',
      'j.environment',
      'j.version',
      'j.schedule',
      'j.grace_seconds',
      'j.max_run_seconds',
      'j.min_run_seconds',
      'j.min_gap_seconds',
      'j.failures_in_a_row',
      'j.late_until',
      'j.late_reason',
      's.fails',
      'j.rules',
      'j.tags',
    ])
    .select([
      'j.paused_at',
      'j.archived_at',
      'j.service_id',
      'v.name as service_name',
      'j.team_id',
      't.name as team_name',
      'a.id as followed_id',
      'a.name as followed_name',
      'g.unusual',
      'e.name as sight',
      'e.id as sight_id',
      'e.blind_since',
    ])
    .select(['s.outcome', 's.last_at', 's.last_ms', 's.last_exit', 's.last_late_ms', 's.open', 's.due_at'])
    .select(['s.missed_at', 's.unheard_at', statusAt(now).as('status')])

type JobRecord = Awaited<ReturnType<ReturnType<typeof selectJobs>['execute']>>[number]

/** Those that have not ended. */
export const openRunsOf = (r: Pick<JobRecord, 'open'>): OpenRun[] =>
  (r.open as unknown as OpenRun[]).filter((run) => !run.over)

const sinceOf = (r: JobRecord): Instant | null => {
  const [oldest] = openRunsOf(r)
  if (oldest) return Temporal.Instant.fromEpochMilliseconds(oldest.at)
  return r.paused_at ?? r.missed_at ?? (r.outcome === 'fail' ? r.last_at : (r.unheard_at ?? r.last_at))
}

const ms = (at: Instant | null): number | null => at?.epochMilliseconds ?? null

/** While it is missing, its next look is not the next time at which it is due. */
const nextDueOf = (r: JobRecord, schedule: JobSchedule, days: BusinessDays | null, now: Instant): Instant | null => {
  if (r.missed_at === null) return r.due_at
  const next = schedule.kind === 'period' ? null : afterOf(schedule, days)(now.epochMilliseconds)
  return next === null ? null : Temporal.Instant.fromEpochMilliseconds(next)
}

const later = (a: Instant, b: Instant | null): Instant => (b && Temporal.Instant.compare(b, a) > 0 ? b : a)

export const showRow = async (db: Db, r: JobRecord, now: Instant) => showOne(r, await daysOfRows(db, [r]), now)

export const showRows = async <R extends JobRecord>(db: Db, rows: readonly R[], now: Instant) => {
  const days = await daysOfRows(db, rows)
  return rows.map((r) => showOne(r, days, now))
}

const daysOfRows = (db: Db, rows: readonly JobRecord[]) =>
  businessDaysOf(
    db,
    rows.map((r) => r.schedule as unknown as JobSchedule),
  )

const showOne = (r: JobRecord, daysOf: (s: JobSchedule) => BusinessDays | null, now: Instant) => {
  const schedule = r.schedule as unknown as JobSchedule
  const days = daysOf(schedule)
  const dueAt = nextDueOf(r, schedule, days, now)
  const open = openRunsOf(r)
  const state = {
    outcome: r.outcome as 'success' | 'fail' | null,
    lastAt: ms(r.last_at),
    lastMs: r.last_ms,
    lastExit: r.last_exit,
    lastLateMs: r.last_late_ms,
    fails: r.fails,
    open,
    dueAt: ms(r.due_at),
    missedAt: ms(r.missed_at),
    unheardAt: ms(r.unheard_at),
  }
  const sight = r.sight === null ? null : { name: r.sight, blindSince: ms(r.blind_since) }
  return {
    id: r.id,
    slug: r.slug,
    name: r.name,
    service: r.service_id ? { id: r.service_id, name: r.service_name ?? '' } : null,
    environment: r.environment as Environment,
    team: r.team_id ? { id: r.team_id, name: r.team_name ?? '' } : null,
    schedule,
    follows: r.followed_id ? { id: r.followed_id, name: r.followed_name ?? '' } : null,
    graceSeconds: r.grace_seconds,
    maxRunSeconds: r.max_run_seconds,
    minRunSeconds: r.min_run_seconds,
    minGapSeconds: r.min_gap_seconds,
    failuresInARow: r.failures_in_a_row,
    fails: r.fails,
    rules: r.rules as JobRules,
    tags: r.tags,
    state: r.status,
    since: sinceOf(r),
    reason: [
      reasonOf(r.status, state, schedule, now.epochMilliseconds, sight),
      // Only what did not come is in doubt.
      r.status === 'missing' && state.missedAt !== null ? doubtAt(schedule, days, state.missedAt) : null,
      r.status === 'ok' && r.unusual && r.unusual.length > 0 ? `Unusual: ${r.unusual.join(', ')}` : null,
    ]
      .filter(Boolean)
      .join('. '),
    unusual: r.unusual ?? [],
    lastAt: r.last_at,
    lastOutcome: state.outcome,
    lastMs: r.last_ms,
    lastExit: r.last_exit,
    lastLateMs: r.last_late_ms,
    running: open.length,
    dueAt,
    deadlineAt: dueAt ? later(plusSeconds(dueAt, r.grace_seconds), r.late_until) : null,
    pausedAt: r.paused_at,
    archivedAt: r.archived_at,
    version: r.version,
  }
}
