import { sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import type { RunFact } from './predict/night.ts'

/** What is known of a job's runs: the newest first, without business dates, which are the deadline's to say. */
export type KnownRun = Omit<RunFact, 'date' | 'attempt'> & { host: string | null }
export type JobRuns = { version: number; runs: KnownRun[]; lateUntil: number | null }

/** So many that the last one of this date and of the date before are among them, of a job that runs once or twice a night. */
const RUNS = 8

const AT_ONCE = 1_000
const MOST_KNOWN = 50_000

type OpenRun = { run: string; at: number; over?: true }

/** Runs are read again only of jobs whose state was written since: that is known by its version. */
export const createRunReader = (mostKnown = MOST_KNOWN) => {
  const known = new Map<string, JobRuns>()
  let database = ''

  const read = async (db: Db, ids: readonly string[], found: Map<string, JobRuns>): Promise<void> => {
    const { rows } = await sql<{
      id: string
      version: number
      open: OpenRun[]
      lateUntil: number | null
      ended: { started: number | null; ended: number; kind: string; exit: number | null; host: string | null }[] | null
    }>`
      select s.job_id as id, s.version + j.version as version, s.open, (extract(epoch from j.late_until) * 1000)::int8 as "lateUntil",
        (
        select jsonb_agg(jsonb_build_object('started', (extract(epoch from p.started_at) * 1000)::int8,
          'ended', (extract(epoch from p.happened_at) * 1000)::int8, 'kind', p.kind, 'exit', p.exit_status,
          'host', coalesce(p.host, p.remote)) order by p.at desc)
        from (select * from pings where job_id = s.job_id and kind in ('success', 'fail') order by at desc, id desc limit ${RUNS}) p) as ended
      from job_states s join jobs j on j.id = s.job_id where s.job_id = any(${[...ids]}::uuid[])`.execute(db)
    for (const r of rows) {
      const open = r.open
        .filter((run) => !run.over)
        .map((run): KnownRun => ({ startedAt: run.at, endedAt: null, outcome: 'running', exit: null, host: null }))
      const ended = (r.ended ?? []).map(
        (run): KnownRun => ({
          startedAt: run.started ?? run.ended,
          endedAt: run.ended,
          outcome: run.kind === 'success' ? 'succeeded' : 'failed',
          exit: run.exit,
          host: run.host,
        }),
      )
      const runs = [...open, ...ended].sort((a, b) => b.startedAt - a.startedAt)
      const job = { version: Number(r.version), runs, lateUntil: r.lateUntil }
      found.set(r.id, job)
      // Somebody who asked at the same time may have seen more.
      if ((known.get(r.id)?.version ?? -1) < job.version) known.set(r.id, job)
    }
  }

  return async (db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, JobRuns>> => {
    const { rows } = await sql<{ id: string; version: number; database: string }>`
      select s.job_id as id, s.version + j.version as version, current_database() as database
      from job_states s join jobs j on j.id = s.job_id where s.job_id = any(${[...ids]}::uuid[])`.execute(db)
    const name = rows[0]?.database ?? database
    if (name !== database || known.size > mostKnown) known.clear()
    database = name
    // A map of his own for each who asks: while one reads, another may clear what is kept.
    const found = new Map<string, JobRuns>()
    const stale: string[] = []
    for (const r of rows) {
      const job = known.get(r.id)
      if (job?.version === Number(r.version)) found.set(r.id, job)
      else stale.push(r.id)
    }
    for (let from = 0; from < stale.length; from += AT_ONCE) await read(db, stale.slice(from, from + AT_ONCE), found)
    return found
  }
}

/**
 * The last run of an earlier date as well, of jobs that have run so often since that it is none of their last: what waits for
 * it is not blocked by that.
 */
export const withRunsOf = async (
  db: Db,
  known: ReadonlyMap<string, JobRuns>,
  { from, to }: { from: number; to: number },
): Promise<ReadonlyMap<string, JobRuns>> => {
  const often = [...known].flatMap(([id, { runs }]) =>
    runs.length >= RUNS && runs.every((run) => run.startedAt >= to) ? [id] : [],
  )
  if (often.length === 0) return known
  const { rows } = await sql<KnownRun & { id: string }>`
    select r.job_id as id, (extract(epoch from coalesce(r.started_at, r.ended_at)) * 1000)::float8 as "startedAt",
      (extract(epoch from r.ended_at) * 1000)::float8 as "endedAt", r.outcome, r.exit_status as exit, r.host
    from unnest(${often}::uuid[]) j cross join lateral (
      select * from chain_runs r where r.job_id = j and r.at >= to_timestamp(${from}::float8 / 1000)
        and r.at < to_timestamp(${to}::float8 / 1000) order by r.at desc limit 1) r`.execute(db)
  const found = new Map(known)
  for (const { id, ...run } of rows) {
    const job = known.get(id) as JobRuns
    found.set(id, { ...job, runs: [...job.runs, run] })
  }
  return found
}

/** Runs of a date that is over and of the one before it, by what was recorded of them. */
export const runsAround = async (
  db: Db,
  ids: readonly string[],
  from: number,
  to: number,
): Promise<ReadonlyMap<string, JobRuns>> => {
  const { rows } = await sql<KnownRun & { id: string }>`
    select r.job_id as id, (extract(epoch from coalesce(r.started_at, r.ended_at)) * 1000)::float8 as "startedAt",
      (extract(epoch from r.ended_at) * 1000)::float8 as "endedAt", r.outcome, r.exit_status as exit, r.host
    from chain_runs r where r.job_id = any(${[...ids]}::uuid[])
      and r.at between to_timestamp(${from - 2 * DAY_MS}::float8 / 1000) and to_timestamp(${to + 2 * DAY_MS}::float8 / 1000)
    order by r.at desc`.execute(db)
  const found = new Map<string, JobRuns>()
  for (const { id, ...run } of rows) {
    const job = found.get(id) ?? { version: 0, runs: [], lateUntil: null }
    if (run.startedAt < to) job.runs.push(run)
    found.set(id, job)
  }
  return found
}

const DAY_MS = 86_400_000

export const readRuns = createRunReader()
