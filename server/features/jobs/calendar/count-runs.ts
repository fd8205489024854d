import { sql } from 'kysely'
import { type RunVerdict, runVerdicts } from '../../../../contract/jobs/words.ts'
import type { Db } from '../../../platform/db/pool.ts'
import { DURATION } from '../norms.ts'
import type { Day } from './days.ts'

export type DayCount = {
  runs: number
  failed: number
  lost: number
  misses: number
  noted: Partial<Record<RunVerdict, number>>
  /** There are more. */
  more: boolean
}
/** By job, by the place of the day. */
export type Counted = Map<string, Map<number, DayCount>>

/** Pings of a job in a month that are read one by one. One that pings more often is counted day by day. */
const MOST_IN_MONTH = 3_000
/** Of a day of such a job so many pings are counted, and so many of those that are to be noted. */
const MOST_IN_DAY = 200
/** A run belongs to the day on which it was due or began, and may be heard of so much later. */
export const LATEST = sql`interval '2 days'`

/** When a run was due, else when it began, else when it was heard of. */
export const begun = sql`coalesce(p.due_at, p.started_at, p.happened_at)`
export const isNoted = sql`(p.kind in ('fail', 'lost') or p.verdicts is not null)`
const instant = (ms: number) => sql`to_timestamp(${ms}::float8 / 1000)`

type Row = { job: string; day: number; kind: string; verdicts: RunVerdict[] | null; n: number; more: boolean }

/**
 * How these jobs ran on each of the days, which follow each other. Reads at most 3,000 pings of a job and month, by its
 * index, and of one that pings more often at most 400 of each day: a run is counted there for the day on which it was heard
 * of, which for what comes all the time is the same.
 */
export const countRuns = async (db: Db, ids: readonly string[], days: readonly Day[]): Promise<Counted> => {
  const found: Counted = new Map()
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last || ids.length === 0) return found
  const [from, to] = [instant(first.from), instant(last.to)]
  const { rows: sizes } = await sql<{ job: string; n: number }>`
    select u.j as job, (select count(*)::int from (select 1 from pings p where p.job_id = u.j and p.at >= ${from} and p.at < ${to} + ${LATEST}
      limit ${MOST_IN_MONTH + 1}) x) as n from unnest(${[...ids]}::uuid[]) u(j)`.execute(db)
  const quiet = sizes.filter((s) => s.n > 0 && s.n <= MOST_IN_MONTH).map((s) => s.job)
  const busy = sizes.filter((s) => s.n > MOST_IN_MONTH).map((s) => s.job)
  const bounds = sql`array(select to_timestamp(b / 1000) from unnest(${[...days.map((d) => d.from), last.to]}::float8[]) b)`
  const rows: Row[] = []
  if (quiet.length > 0)
    rows.push(
      ...(
        await sql<Row>`
        select p.job_id as job, width_bucket(${begun}, ${bounds}) - 1 as day, p.kind, p.verdicts, count(*)::int as n, false as more
        from pings p where p.job_id = any(${quiet}::uuid[]) and p.at >= ${from} and p.at < ${to} + ${LATEST}
          and p.kind in ('success', 'fail', 'lost') group by 1, 2, 3, 4`.execute(db)
      ).rows,
    )
  if (busy.length > 0) rows.push(...(await countBusy(db, busy, days)))
  for (const r of rows) {
    if (r.day < 0 || r.day >= days.length) continue
    const day = dayIn(found, r.job, r.day)
    day.more ||= r.more
    day.runs += r.n
    if (r.kind === 'lost') day.lost += r.n
    const verdicts = r.verdicts ?? []
    if (r.kind === 'fail' && !verdicts.includes('tolerated')) day.failed += r.n
    for (const verdict of verdicts)
      if (verdict !== 'failed' && runVerdicts.includes(verdict)) day.noted[verdict] = (day.noted[verdict] ?? 0) + r.n
  }
  await addUnusual(db, [...quiet, ...busy], days, found)
  await addMisses(db, ids, days, found)
  return found
}

const dayIn = (found: Counted, job: string, day: number): DayCount => {
  const of = found.get(job) ?? new Map<number, DayCount>()
  found.set(job, of)
  const count = of.get(day) ?? { runs: 0, failed: 0, lost: 0, misses: 0, noted: {}, more: false }
  of.set(day, count)
  return count
}

const countBusy = async (db: Db, ids: string[], days: readonly Day[]): Promise<Row[]> => {
  const each = sql`unnest(${ids}::uuid[]) u(j) cross join unnest(${days.map((_, i) => i)}::int[], ${days.map((d) => d.from)}::float8[],
    ${days.map((d) => d.to)}::float8[]) as d(i, a, b)`
  const within = sql`p.job_id = u.j and p.at >= to_timestamp(d.a / 1000) and p.at < to_timestamp(d.b / 1000)`
  const { rows } = await sql<Row>`
    select u.j as job, d.i as day, 'success' as kind, null::text[] as verdicts, r.n, r.read >= ${MOST_IN_DAY} as more from ${each} cross join lateral (
      select count(*) filter (where kind = 'success' and verdicts is null)::int as n, count(*) as read from (
        select p.kind, p.verdicts from pings p where ${within} order by p.at limit ${MOST_IN_DAY}) p) r where r.read > 0
    union all
    select u.j, d.i, r.kind, r.verdicts, r.n::int, r.n >= ${MOST_IN_DAY} from ${each} cross join lateral (
      select kind, verdicts, count(*) as n from (
        select p.kind, p.verdicts from pings p where ${within} and ${isNoted} order by p.at limit ${MOST_IN_DAY}) p group by 1, 2) r
      where r.kind in ('success', 'fail', 'lost')`.execute(db)
  return rows
}

/** Runs that ended well and were not as on other days are told apart a minute later, in a table of their own. */
const addUnusual = async (db: Db, ids: string[], days: readonly Day[], found: Counted): Promise<void> => {
  const [first, last] = [days[0], days.at(-1)]
  if (ids.length === 0 || !first || !last) return
  const { rows } = await sql<{ job: string; began: number; measure: string }>`
    select r.job, r.began, r.measure from unnest(${ids}::uuid[]) u(j) cross join lateral (
      select x.job_id as job, (extract(epoch from ${begun}) * 1000)::float8 as began, x.measure
      from unusual_runs x join pings p on p.job_id = x.job_id and p.at = x.at and p.run_id = x.run_id
      where x.job_id = u.j and x.at >= ${instant(first.from)} and x.at < ${instant(last.to)} + ${LATEST} limit ${MOST_IN_MONTH}) r`.execute(
    db,
  )
  for (const { job, began, measure } of rows) {
    const place = days.findIndex((d) => d.from <= began && began < d.to)
    if (place < 0) continue
    const { noted } = dayIn(found, job, place)
    const verdict = measure === DURATION ? 'unusual_duration' : 'unusual_volume'
    noted[verdict] = (noted[verdict] ?? 0) + 1
  }
}

const addMisses = async (db: Db, ids: readonly string[], days: readonly Day[], found: Counted): Promise<void> => {
  const { rows } = await sql<{ job: string; day: number; n: number }>`
    select u.j as job, d.i as day, r.n::int as n from unnest(${[...ids]}::uuid[]) u(j)
    cross join unnest(${days.map((_, i) => i)}::int[], ${days.map((d) => d.from)}::float8[], ${days.map((d) => d.to)}::float8[]) as d(i, a, b)
    cross join lateral (select count(*) as n from (
      select t.reason from job_turns t where t.job_id = u.j and t.at >= to_timestamp(d.a / 1000) and t.at < to_timestamp(d.b / 1000)
      limit ${MOST_IN_DAY}) t where t.reason = 'timeout') r where r.n > 0`.execute(db)
  for (const { job, day, n } of rows) dayIn(found, job, day).misses = n
}
