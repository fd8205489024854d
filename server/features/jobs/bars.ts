import { setTimeout as pause } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import type { RunBar } from '../../../contract/jobs/shapes.ts'
import { textOfMillis } from '../../platform/clock.ts'
import { plainArray } from '../../platform/db/plain-array.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { Platform } from '../../platform/platform.ts'
import type { PingRow } from './ping-rows.ts'
import { endsRun } from './run-rows.ts'

/**
 * The last runs of a job as they stand in its state, so that a list reads no pings: a record for each, the newest first.
 * What has ended is put before them where the state is written, and neither read nor remembered for that. Of fixed
 * width, for what is written with each ping has to be short.
 */
const BARS = 20
const RECORD_BYTES = 35
const outcomes = ['success', 'fail', 'lost'] as const
/** The least that fits into six bytes: not known. */
const NONE = -(2 ** 47)

const sixBytes = (n: number | null): string => ((n ?? NONE) + 2 ** 48).toString(16).slice(-12)

const minus = (to: number, from: number | null): number | null => (from === null ? null : to - from)

const recordOf = (r: PingRow, outcome: number): string => {
  const ms = r.kind === 'lost' ? null : minus(r.happened, r.startedAt)
  const lateMs = minus(r.startedAt ?? r.happened, r.dueAt)
  return `${r.run.replaceAll('-', '')}0${outcome}${sixBytes(r.happened)}${sixBytes(ms)}${sixBytes(lateMs)}`
}

/** Of the runs that end with these rows, the oldest first: the records by job, in hex. */
const endedIn = (rows: readonly PingRow[]): Map<string, string> => {
  const ended = new Map<string, string>()
  for (const r of rows) {
    const outcome = (outcomes as readonly string[]).indexOf(r.kind)
    if (outcome >= 0) ended.set(r.jobId, recordOf(r, outcome) + (ended.get(r.jobId) ?? ''))
  }
  return ended
}

/** Parameter of a statement that writes the states of these jobs: what has ended of each. */
export const endedOf = (jobIds: readonly string[], rows: readonly PingRow[]): string => {
  const ended = endedIn(rows)
  return plainArray(jobIds.map((id) => ended.get(id) ?? null))
}

/** The bars of `job_states s` with what has `ended` before them. Those that are not filled yet stay so. */
export const barsWith = (ended: string): RawBuilder<unknown> => {
  const column = sql.ref(ended)
  return sql`case when ${column} is null then s.bars
    else substr(decode(${column}, 'hex') || s.bars, 1, ${sql.lit(BARS * RECORD_BYTES)}) end`
}

const inSix = (ms: RawBuilder<unknown>) => sql`substring(int8send(coalesce(${ms}, ${sql.lit(NONE)})::int8) from 3)`
const between = (from: RawBuilder<unknown>, to: RawBuilder<unknown>) =>
  sql`(extract(epoch from ${to}) * 1000)::int8 - (extract(epoch from ${from}) * 1000)::int8`

/** The same from the pings of `job_states s`. */
const barsOfPings = sql<Buffer>`coalesce((
  select string_agg(uuid_send(p.run_id)
    || case p.kind when 'success' then '\\x00'::bytea when 'fail' then '\\x01'::bytea else '\\x02'::bytea end
    || ${inSix(between(sql`timestamptz 'epoch'`, sql`p.happened_at`))}
    || ${inSix(sql`case when p.kind <> 'lost' then ${between(sql`p.started_at`, sql`p.happened_at`)} end`)}
    || ${inSix(between(sql`p.due_at`, sql`coalesce(p.started_at, p.happened_at)`))}, ''::bytea order by p.at desc, p.id desc)
  from (select * from pings p where p.job_id = s.job_id and ${endsRun}
    order by p.at desc, p.id desc limit ${sql.lit(BARS)}) p), ''::bytea)`

/** Reads them anew from the pings. */
export const rereadBars = (db: Db, jobIds: readonly string[]) =>
  sql`update job_states s set bars = ${barsOfPings} where s.job_id = any(${[...jobIds]}::uuid[])`.execute(db)

const known = (n: number): number | null => (n === NONE ? null : n)

/** A list reads two thousand of them: by cutting, which takes a quarter of the time that a pattern does. */
const idAt = (hex: string, at: number): string => {
  const part = (from: number, to: number) => hex.slice(at + from, at + to)
  return `${part(0, 8)}-${part(8, 12)}-${part(12, 16)}-${part(16, 20)}-${part(20, 32)}`
}

/** The oldest first. */
const showBars = (bytes: Buffer): RunBar[] => {
  const bars: RunBar[] = []
  const hex = bytes.toString('hex')
  for (let at = bytes.length - RECORD_BYTES; at >= 0; at -= RECORD_BYTES)
    bars.push({
      id: idAt(hex, 2 * at),
      outcome: outcomes[bytes.readUInt8(at + 16)] ?? 'lost',
      at: textOfMillis(bytes.readIntBE(at + 17, 6)),
      ms: known(bytes.readIntBE(at + 23, 6)),
      lateMs: known(bytes.readIntBE(at + 29, 6)),
    })
  return bars
}

/** The last runs of each of these jobs, oldest first; of those that are not filled yet, as the pings have them. */
export const barsOf = async (
  db: Db,
  jobs: readonly { id: string; bars: Buffer | null }[],
): Promise<Map<string, RunBar[]>> => {
  const unfilled = jobs.flatMap(({ id, bars }) => (bars === null ? [id] : []))
  const { rows } =
    unfilled.length === 0
      ? { rows: [] }
      : await sql<{ id: string; bars: Buffer }>`
          select s.job_id as id, ${barsOfPings} as bars from job_states s where s.job_id = any(${unfilled}::uuid[])`.execute(
          db,
        )
  return new Map([...jobs, ...rows].map(({ id, bars }) => [id, bars === null ? [] : showBars(bars)]))
}

/** A ping of one of them waits for so many. */
const AT_ONCE = 50
const AGAIN_MS = 5_000

/** Fills those of jobs that are older than the column: minutes, of many, and gone on with at the next start where `signal` ends it. */
export const fillBars = async ({ db, log }: Pick<Platform, 'db' | 'log'>, signal: AbortSignal): Promise<void> => {
  let last: string | undefined = '00000000-0000-0000-0000-000000000000'
  while (last !== undefined && !signal.aborted) {
    try {
      last = await fillSome(db, last)
    } catch (error) {
      // A start has much else to do, and connections are few.
      log.debug({ err: (error as Error).message }, 'could not fill the bars of some jobs; tried again')
      await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined)
    }
  }
}

/** Of the next few jobs by id; answers the last of them. */
const fillSome = (db: Db, after: string): Promise<string | undefined> =>
  db.transaction().execute(async (tx) => {
    // First the lock: what was written until then is seen by the next statement.
    const { rows } = await sql<{ id: string }>`
      select job_id as id from job_states where job_id > ${after} and bars is null
      order by job_id limit ${AT_ONCE} for no key update`.execute(tx)
    const ids = rows.map(({ id }) => id)
    if (ids.length > 0) await rereadBars(tx, ids)
    return ids.at(-1)
  })
