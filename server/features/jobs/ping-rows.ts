import { type RawBuilder, sql } from 'kysely'
import type { PingKind, RunVerdict } from '../../../contract/jobs/words.ts'
import { plainArray } from '../../platform/db/plain-array.ts'
import type { Db } from '../../platform/db/pool.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { newId } from '../../platform/ids.ts'
import { rereadBars } from './bars.ts'
import type { OpenRun } from './job-state.ts'
import { instantOf } from './state-rows.ts'
import type { Volumes } from './volumes.ts'

/** A ping as it is kept. Times are epoch milliseconds. */
export type PingRow = {
  jobId: string
  received: number
  id: string
  kind: PingKind
  happened: number
  run: string
  rid: string | null
  exit: number | null
  startedAt: number | null
  dueAt: number | null
  host: string | null
  remote: string | null
  method: string | null
  userAgent: string | null
  output: string | null
  outputBytes: number
  /** The row of run_outputs that has all of it. */
  outputId?: string | null
  note: string | null
  scheme: string | null
  /** Of an end: the processor time it took, and the most memory that one of its processes held. */
  cpuMs: number | null
  peakKb: number | null
  /** Of an end. */
  volumes: Volumes | null
  verdicts: readonly RunVerdict[] | null
  /** How many pings of the job there were with it. */
  number: number | null
}

export const pingInsert = (rows: PingRow[]): RawBuilder<unknown> => {
  const of = <T>(pick: (r: PingRow) => T) => rows.map(pick)
  const plain = (pick: (r: PingRow) => number | string | null) => plainArray(of(pick))
  return sql`
    insert into pings (job_id, at, id, kind, happened_at, run_id, rid, exit_status, started_at, due_at, host, remote,
      method, user_agent, output, output_bytes, output_id, note, scheme, number,
      cpu_ms, peak_kb, volumes, verdicts)
    select j, ${instantOf('u.a')}, i, k, ${instantOf('u.h')}, r, rid, x, ${instantOf('u.s')}, ${instantOf('u.d')}, host, remote, method, ua, o, b, oid, n, c, q, cpu, peak, vol::jsonb, ver::text[]
    from unnest(${plain((r) => r.jobId)}::uuid[], ${plain((r) => r.received)}::int8[], ${plain((r) => r.id)}::uuid[],
      ${plain((r) => r.kind)}::text[], ${plain((r) => r.happened)}::int8[], ${plain((r) => r.run)}::uuid[],
      ${plain((r) => r.rid)}::uuid[], ${plain((r) => r.exit)}::int2[], ${plain((r) => r.startedAt)}::int8[],
      ${plain((r) => r.dueAt)}::int8[], ${of((r) => r.host)}::text[], ${of((r) => r.remote)}::text[],
      ${of((r) => r.method)}::text[], ${of((r) => r.userAgent)}::text[], ${of((r) => r.output)}::text[],
      ${plain((r) => r.outputBytes)}::int8[], ${plain((r) => r.outputId ?? null)}::uuid[], ${of((r) => r.note)}::text[], ${plain((r) => r.scheme)}::text[],
      ${plain((r) => r.number)}::int8[], ${plain((r) => r.cpuMs)}::int8[], ${plain((r) => r.peakKb)}::int8[],
      ${of((r) => r.volumes && JSON.stringify(r.volumes))}::text[], ${of((r) => r.verdicts && `{${r.verdicts.join(',')}}`)}::text[])
      as u(j, a, i, k, h, r, rid, x, s, d, host, remote, method, ua, o, b, oid, n, c, q, cpu, peak, vol, ver)
    on conflict do nothing`
}

/** The ends that nobody told of runs, as rows of their own; by their ids in the order of the runs, which is not sure of ids of the same moment. */
export const lostRows = (jobId: string, runs: readonly OpenRun[], received: number): PingRow[] => {
  const ids = runs.map(newId).toSorted()
  return runs.map((run, i) => lostRow(jobId, run, received, ids[i] as string))
}

/** What only a sender can say: of a row that none has sent. */
export const unsent = {
  host: null,
  remote: null,
  method: null,
  userAgent: null,
  output: null,
  outputBytes: 0,
  outputId: null,
  note: null,
  scheme: null,
  cpuMs: null,
  peakKb: null,
  volumes: null,
  number: null,
} satisfies Partial<PingRow>

const lostRow = (jobId: string, run: OpenRun, received: number, id: string): PingRow => ({
  jobId,
  received,
  id,
  kind: 'lost',
  happened: received,
  run: run.run,
  rid: run.rid,
  exit: null,
  startedAt: run.at,
  dueAt: run.due,
  verdicts: null,
  ...unsent,
})

type Given = { jobId: string; givenId: string; received: number }

/** Of ids that senders gave to their pings, those that have come before. */
export const knownIds = async (db: Db, given: Given[]): Promise<Set<string>> => {
  if (given.length === 0) return new Set()
  const { rows } = await sql<{ job_id: string; id: string }>`${prepared}
    select k.job_id, k.id from ping_ids k join unnest(${given.map((g) => g.jobId)}::uuid[],
      ${given.map((g) => g.givenId)}::uuid[]) as u(j, i) on k.job_id = u.j and k.id = u.i`.execute(db)
  return new Set(rows.map((r) => nameOf({ jobId: r.job_id, givenId: r.id })))
}

export const idInsert = (given: Given[]): RawBuilder<unknown> => sql`
  insert into ping_ids (job_id, id, at)
  select j, i, to_timestamp(a / 1000.0) from unnest(${given.map((g) => g.jobId)}::uuid[],
    ${given.map((g) => g.givenId)}::uuid[], ${given.map((g) => g.received)}::int8[]) as u(j, i, a)
  on conflict do nothing`

export const nameOf = (g: Pick<Given, 'jobId' | 'givenId'>): string => `${g.jobId} ${g.givenId}`

type Named = { jobId: string; rid: string }

/** Of runs whose start is told late, those whose end we have heard of already. */
export const endedRuns = async (db: Db, runs: Named[]): Promise<Set<string>> => {
  if (runs.length === 0) return new Set()
  const { rows } = await sql<{ job_id: string; run_id: string }>`${prepared}
    select p.job_id, p.run_id from pings p
    join unnest(${runs.map((r) => r.jobId)}::uuid[], ${runs.map((r) => r.rid)}::uuid[]) as u(j, r)
      on p.job_id = u.j and p.run_id = u.r
    where p.kind in ('success', 'fail', 'lost')`.execute(db)
  return new Set(rows.map((r) => `${r.job_id} ${r.run_id}`))
}

/** Gives runs that have ended the start that was told after it. */
export const setStarts = async (db: Db, starts: (Named & { at: number })[]): Promise<void> => {
  for (const { jobId, rid, at: ms } of starts) {
    await sql`
      update pings set started_at = to_timestamp(${ms}::float8 / 1000)
      where job_id = ${jobId} and run_id = ${rid} and kind in ('success', 'fail') and started_at is null
        and happened_at >= to_timestamp(${ms}::float8 / 1000)`.execute(db)
    await sql`
      update job_states set last_ms = (extract(epoch from last_at) * 1000)::int8 - ${ms}::int8, version = version + 1
      where job_id = ${jobId} and last_run = ${rid} and last_ms is null
        and last_at >= to_timestamp(${ms}::float8 / 1000)`.execute(db)
  }
  if (starts.length > 0)
    await rereadBars(
      db,
      starts.map(({ jobId }) => jobId),
    )
}
