import { sql } from 'kysely'
import type { RunOutcome } from '../../../contract/jobs/words.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { OpenRun } from './job-state.ts'

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
}

export const runColumns = sql`p.job_id, p.at, p.id, p.kind, p.happened_at, p.run_id, p.exit_status, p.started_at, p.due_at,
  coalesce(p.host, p.remote) as host, p.output_bytes, p.note, p.cpu_ms, p.peak_kb`
export const endsRun = sql`p.kind in ('success', 'fail', 'lost')`

const between = (from: Instant | null, to: Instant): number | null =>
  from === null ? null : to.epochMilliseconds - from.epochMilliseconds

export const showBar = (r: RunRow) => {
  const began = r.started_at ?? r.happened_at
  return {
    id: r.run_id,
    outcome: r.kind as RunOutcome,
    at: r.happened_at,
    ms: r.kind === 'lost' ? null : between(r.started_at, r.happened_at),
    lateMs: between(r.due_at, began),
  }
}

export const showRun = (r: RunRow) => ({
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
  }
}

const BARS = 20

/** The last runs of each of these jobs, oldest first. */
export const barsOf = async (db: Db, ids: string[]): Promise<Map<string, ReturnType<typeof showBar>[]>> => {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<RunRow>`
    select r.* from unnest(${ids}::uuid[]) j cross join lateral (
      select ${runColumns} from pings p where p.job_id = j and ${endsRun} order by p.at desc, p.id desc limit ${BARS}) r`.execute(
    db,
  )
  const bars = new Map<string, ReturnType<typeof showBar>[]>()
  for (const r of rows.reverse()) bars.set(r.job_id, [...(bars.get(r.job_id) ?? []), showBar(r)])
  return bars
}
