import { sql } from 'kysely'
import { z } from 'zod'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import { type Instant, plusSeconds } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { periodic } from '../../platform/periodic.ts'
import { verb } from '../../platform/verb.ts'
import type { DayClass } from './day-class.ts'
import { zoneOf } from './job-words.ts'
import { type MeasuredRun, type Norms, normsOf, usualOn, valuesOf } from './norms.ts'
import { businessDaysOf } from './schedule/open-calendars.ts'
import { classesAt, type Norm, unusual } from './statistics.ts'
import { tellUnusual } from './tell-unusual.ts'
import type { Volumes } from './volumes.ts'

/** Of one transaction: what follows the log waits for each that is open. */
const AT_ONCE = 200
/** Of one look at all jobs: what a night has brought, and no more than is worked through in some minutes. */
const MOST_FOUND = 20_000
const MOST_HISTORY = 500
/** Of a job that pings each second only so many runs are looked at. */
const MOST_JUDGED = 20
const KEPT_SECONDS = 6 * 3_600
/** While there are fewer runs, each one counts for what is usual. */
const YOUNG_RUNS = 100
/** What was measured longer ago is no news. */
const NEWS_SECONDS = 3_600

const unjudged = sql`job_states s join jobs j on j.id = s.job_id left join job_norms g on g.job_id = s.job_id
  where (s.last_ms is not null or g.job_id is not null) and s.last_run is not null
    and s.last_run is distinct from g.judged_run and j.archived_at is null`

/** Compares the last runs of some jobs. */
export const judgeSome = verb('job.judge', {
  permission: 'system',
  input: z.object({ jobIds: z.array(z.uuid()).max(AT_ONCE) }),
  async run(ctx, { jobIds }) {
    await judge(ctx, jobIds)
    ctx.unchanged(undefined)
  },
})

/**
 * Compares runs that have ended with what is usual of their job. Beside the road of pings, which must not wait for it: a
 * look each minute at the jobs whose last run was not compared yet, and then some of them at a time, as part of a flood.
 */
export const judgeRuns = periodic(
  'jobs.judge',
  60,
  'Compares the runs that have ended with what is usual of their jobs',
  async (ctx) => {
    // What fails again and again does not hold up the others.
    const { rows: atWork } = await sql`${prepared}
      select 1 from due where verb = ${judgeSome.name} and attempts < 3 limit 1`.execute(ctx.db)
    if (atWork.length > 0) return
    const { rows } = await sql<{ id: string }>`${prepared}
      select s.job_id as id from ${unjudged}
      order by j.tell_unusual desc, g.judged_at nulls first limit ${MOST_FOUND}`.execute(ctx.db)
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const jobIds = rows.slice(from, from + AT_ONCE).map(({ id }) => id)
      ctx.due({ key: `jobs-judge:${jobIds[0]}`, at: ctx.now(), run: judgeSome, input: { jobIds }, priority: 2 })
    }
  },
)

type Candidate = {
  id: string
  lastRun: string
  schedule: JobSchedule
  tells: boolean
  judgedAt: Instant | null
  unusual: string[] | null
  norms: Norms | null
  normedAt: Instant | null
}
type Ended = { job: string; run: string; at: Instant; began: number; ms: number | null; volumes: Volumes | null }
type Found = { measure: string; value: number; norm: Norm }

const judge = async (ctx: Context, jobIds: readonly string[]): Promise<void> => {
  const { rows: jobs } = await sql<Candidate>`
    select s.job_id as id, s.last_run as "lastRun", j.schedule, j.tell_unusual and j.paused_at is null as tells,
      g.judged_at as "judgedAt", g.unusual, g.norms, g.normed_at as "normedAt"
    from ${unjudged} and s.job_id = any(${[...jobIds]}::uuid[])`.execute(ctx.db)
  if (jobs.length === 0) return
  const daysOf = await businessDaysOf(
    ctx.db,
    jobs.map((j) => j.schedule),
  )
  const measured = (job: Candidate, r: Ended): MeasuredRun => ({
    classes: classesAt(r.began, zoneOf(job.schedule), daysOf(job.schedule)),
    ms: r.ms,
    volumes: r.volumes,
  })
  const isStale = (j: Candidate) =>
    j.norms === null ||
    j.normedAt === null ||
    j.norms.runs < YOUNG_RUNS ||
    Temporal.Instant.compare(plusSeconds(j.normedAt, KEPT_SECONDS), ctx.now()) <= 0
  const stale = jobs.filter(isStale)
  const history = Map.groupBy(await endsBefore(ctx, stale), (r) => r.job)
  const ends = Map.groupBy(await endsSince(ctx, jobs), (r) => r.job)
  const judged = jobs.map((job) => {
    // Its own last run says nothing of what was usual before it.
    const before = history.get(job.id)?.slice(job.judgedAt === null ? 1 : 0) ?? []
    const norms = isStale(job) ? normsOf(before.map((r) => measured(job, r))) : job.norms
    const runs = (ends.get(job.id) ?? []).map((r) => {
      const run = measured(job, r)
      return { ...r, dayClass: run.classes[0], found: compare(run, norms) }
    })
    return { job, norms, runs, last: runs.at(-1) }
  })
  await keep(ctx, judged, isStale)
  for (const { job, last } of judged)
    if (last && job.tells && Temporal.Instant.compare(plusSeconds(last.at, NEWS_SECONDS), ctx.now()) > 0)
      await tellUnusual(ctx, job.id, { run: last.run, at: last.at, found: last.found })
}

const compare = (run: MeasuredRun, norms: Norms | null): Found[] => {
  const values = valuesOf(run)
  return usualOn(norms, run.classes[0]).flatMap(([measure, norm]) => {
    const value = values[measure]
    return value !== undefined && unusual(value, norm) ? [{ measure, value, norm }] : []
  })
}

const columns = sql`p.job_id as job, p.run_id as run, p.at,
  (extract(epoch from coalesce(p.due_at, p.started_at, p.happened_at)) * 1000)::int8 as began,
  (extract(epoch from p.happened_at - p.started_at) * 1000)::int8 as ms, p.volumes`
const isMeasured = sql`p.kind = 'success' and (p.started_at <= p.happened_at or p.volumes is not null)`

const asked = (jobs: readonly Candidate[]) => sql`
  unnest(${jobs.map((j) => j.id)}::uuid[], ${jobs.map((j) => j.judgedAt?.toString() ?? null)}::timestamptz[]) as u(j, since)`

/** Runs from before what is judged now, the newest first; all of a job that was never judged. */
const endsBefore = async (ctx: Context, jobs: readonly Candidate[]): Promise<Ended[]> => {
  if (jobs.length === 0) return []
  const { rows } = await sql<Ended>`
    select r.* from ${asked(jobs)} cross join lateral (
      select ${columns} from pings p where p.job_id = u.j and p.at <= coalesce(u.since, 'infinity') and ${isMeasured}
      order by p.at desc, p.id desc limit ${MOST_HISTORY}) r`.execute(ctx.db)
  return rows
}

/** Runs that were not judged yet, the oldest first. */
const endsSince = async (ctx: Context, jobs: readonly Candidate[]): Promise<Ended[]> => {
  const { rows } = await sql<Ended>`
    select r.* from ${asked(jobs)} cross join lateral (
      select ${columns} from pings p where p.job_id = u.j and p.at > coalesce(u.since, '-infinity') and ${isMeasured}
      order by p.at desc, p.id desc limit ${MOST_JUDGED}) r order by r.at`.execute(ctx.db)
  return rows
}

type Judged = {
  job: Candidate
  norms: Norms | null
  runs: (Ended & { dayClass: DayClass | undefined; found: Found[] })[]
  last: (Ended & { found: Found[] }) | undefined
}

const keep = async (ctx: Context, judged: readonly Judged[], isStale: (j: Candidate) => boolean): Promise<void> => {
  const rows = judged.map(({ job, norms, last }) => ({
    job_id: job.id,
    judged_run: job.lastRun,
    judged_at: last?.at ?? job.judgedAt,
    // A failure says nothing of what is usual: what the last good run was stays.
    unusual: last ? last.found.map((f) => f.measure) : (job.unusual ?? []),
    norms: JSON.stringify(norms),
    normed_at: isStale(job) ? ctx.now() : job.normedAt,
  }))
  await ctx.db
    .insertInto('job_norms')
    .values(rows)
    .onConflict((c) =>
      c.column('job_id').doUpdateSet((eb) => ({
        judged_run: eb.ref('excluded.judged_run'),
        judged_at: eb.ref('excluded.judged_at'),
        unusual: eb.ref('excluded.unusual'),
        norms: eb.ref('excluded.norms'),
        normed_at: eb.ref('excluded.normed_at'),
      })),
    )
    .execute()
  const found = judged.flatMap(({ job, runs }) =>
    runs.flatMap((r) =>
      r.found.map(({ measure, value, norm }) => ({
        job_id: job.id,
        run_id: r.run,
        measure,
        at: r.at,
        value,
        low: norm.low,
        high: norm.high,
        n: norm.n,
        day_class: norm.dayClass,
      })),
    ),
  )
  if (found.length > 0)
    await ctx.db
      .insertInto('unusual_runs')
      .values(found)
      .onConflict((c) => c.doNothing())
      .execute()
}
