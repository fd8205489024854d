import { sql } from 'kysely'
import type { RunOutcome, RunVerdict } from '../../../contract/jobs/words.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { DayClass } from './day-class.ts'
import type { OpenRun } from './job-state.ts'
import { DURATION } from './norms.ts'
import type { Volumes } from './volumes.ts'

/** The row of `pings` that ends a run stands for it. */
export type RunRow = {
  job_id: string
  at: Instant
  id: string
  kind: 'success' | 'fail' | 'lost'
  happened_at: Instant
  run_id: string
  exit_status: number | null
  started_at: Instant | null
  due_at: Instant | null
  host: string | null
  output_bytes: number
  note: string | null
  cpu_ms: number | null
  peak_kb: number | null
  volumes: Volumes | null
  verdicts: RunVerdict[] | null
}

export const runColumns = sql`p.job_id, p.at, p.id, p.kind, p.happened_at, p.run_id, p.exit_status, p.started_at, p.due_at,
  coalesce(p.host, p.remote) as host, p.output_bytes, p.note, p.cpu_ms, p.peak_kb, p.volumes, p.verdicts`
export const endsRun = sql`p.kind in ('success', 'fail', 'lost')`

const between = (from: Instant | null, to: Instant): number | null =>
  from === null ? null : to.epochMilliseconds - from.epochMilliseconds

const showBar = (r: RunRow) => {
  const began = r.started_at ?? r.happened_at
  return {
    id: r.run_id,
    outcome: r.kind as RunOutcome,
    at: r.happened_at,
    ms: r.kind === 'lost' ? null : between(r.started_at, r.happened_at),
    lateMs: between(r.due_at, began),
  }
}

/** A measure of a run that was not as on other days. */
export type UnusualRow = { measure: string; value: number; low: number; high: number; n: number; dayClass: DayClass }

/** Of these runs of a job those that were unusual, by run. */
export const unusualOf = async (db: Db, jobId: string, runs: readonly string[]): Promise<Map<string, UnusualRow[]>> => {
  if (runs.length === 0) return new Map()
  const { rows } = await sql<UnusualRow & { run: string }>`
    select run_id as run, measure, value, low, high, n, day_class as "dayClass" from unusual_runs
    where job_id = ${jobId} and run_id = any(${runs}::uuid[]) order by measure`.execute(db)
  return Map.groupBy(rows, (r) => r.run)
}

export const showRun = (r: RunRow, unusual: readonly UnusualRow[] = []) => ({
  ...showBar(r),
  startedAt: r.started_at,
  endedAt: r.kind === 'lost' ? null : r.happened_at,
  dueAt: r.due_at,
  exitStatus: r.exit_status,
  host: r.host,
  outputBytes: r.output_bytes,
  note: r.note,
  cpuMs: r.cpu_ms,
  peakKb: r.peak_kb,
  verdicts: [
    ...(r.verdicts ?? (r.kind === 'fail' ? (['failed'] as const) : [])),
    ...(unusual.some((u) => u.measure === DURATION) ? (['unusual_duration'] as const) : []),
    ...(unusual.some((u) => u.measure !== DURATION) ? (['unusual_volume'] as const) : []),
  ],
  volumes: r.volumes ?? {},
  unusual: [...unusual],
})

export const showOpen = (r: OpenRun) => {
  const at = Temporal.Instant.fromEpochMilliseconds(r.at)
  return {
    id: r.run,
    outcome: 'running' as const,
    at,
    ms: null,
    lateMs: r.due === null ? null : r.at - r.due,
    startedAt: at,
    endedAt: null,
    dueAt: r.due === null ? null : Temporal.Instant.fromEpochMilliseconds(r.due),
    exitStatus: null,
    host: null,
    outputBytes: 0,
    note: null,
    cpuMs: null,
    peakKb: null,
    verdicts: [...(r.marks ?? []), ...(r.long ? (['long'] as const) : [])],
    volumes: {},
    unusual: [],
  }
}
