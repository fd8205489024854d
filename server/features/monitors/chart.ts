import { sql } from 'kysely'
import { chartInput } from '../../../contract/monitors/inputs.ts'
import type { SpanState } from '../../../contract/monitors/words.ts'
import { type Instant, plusSeconds } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import { query } from '../../platform/query.ts'
import { bucketSeconds, chartSeconds } from './chart-rules.ts'
import { requireReadable } from './show.ts'

type Point = {
  at: Instant
  looks: number
  failures: number
  blind: number
  avgMs: number | null
  p95Ms: number | null
  maxMs: number | null
}

const MOST_SPANS = 500

/** Response times and failures over a stretch of time, in at most 400 buckets, with the changes of state in it. */
export const chartMonitor = query('monitor.chart', {
  permission: 'monitor.read',
  input: chartInput,
  async run(ctx, { id, range }) {
    await requireReadable(ctx, id)
    const { interval_seconds } = await ctx.db
      .selectFrom('monitors')
      .select('interval_seconds')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const bucket = bucketSeconds(range, interval_seconds)
    const to = ctx.now()
    const from = plusSeconds(to, -chartSeconds[range])
    const points =
      bucket < 3600 ? await fromLooks(ctx.db, id, from, to, bucket) : await fromHours(ctx.db, id, from, to, bucket)
    return { from, to, bucketSeconds: bucket, points, ...(await spansOf(ctx.db, id, from, to)) }
  },
})

const answered = sql`filter (where outcome in ('ok', 'degraded'))`
const figures = sql`
  count(*) as looks, count(*) filter (where outcome = 'failed') as failures, count(*) filter (where outcome = 'blind') as blind,
  avg(ms) ${answered} as avg_ms, percentile_cont(0.95) within group (order by ms) ${answered} as p95_ms, max(ms) ${answered} as max_ms`
// What is rolled up is kept in short floats: a tenth of a millisecond is as much as both know.
const tenth = (column: string) => sql`round(${sql.ref(column)}::numeric, 1)::float8`
const shown = sql`
  looks, failures, blind, ${tenth('avg_ms')} as "avgMs", ${tenth('p95_ms')} as "p95Ms", ${tenth('max_ms')} as "maxMs"`
const bucketOf = (seconds: number) =>
  sql`to_timestamp(floor(extract(epoch from at) / ${seconds}::int) * ${seconds}::int)`

const fromLooks = async (db: Db, id: string, from: Instant, to: Instant, bucket: number): Promise<Point[]> => {
  const { rows } = await sql<Point>`
    select b as at, ${shown} from (
      select ${bucketOf(bucket)} as b, ${figures} from results
      where monitor_id = ${id} and at >= ${from} and at <= ${to} group by 1) x order by b`.execute(db)
  return rows
}

// Whole hours come rolled up; the last ones, which are not yet, from the looks themselves.
const fromHours = async (db: Db, id: string, from: Instant, to: Instant, bucket: number): Promise<Point[]> => {
  const { rows } = await sql<Point>`
    with done as (select coalesce((select done_until from result_rollups), '-infinity') as until),
    hours as (
      select at, looks, failures, blind, avg_ms, p95_ms, max_ms from result_hours
      where monitor_id = ${id} and at >= ${from} and at < (select until from done)
      union all
      select ${bucketOf(3600)}, ${figures} from results
      where monitor_id = ${id} and at >= greatest(${from}, (select until from done)) and at <= ${to} group by 1)
    select b as at, ${shown} from (
      select ${bucketOf(bucket)} as b, sum(looks)::int8 as looks, sum(failures)::int8 as failures, sum(blind)::int8 as blind,
        sum(avg_ms * (looks - failures - blind)) / nullif(sum(looks - failures - blind) filter (where avg_ms is not null), 0) as avg_ms,
        max(p95_ms) as p95_ms, max(max_ms) as max_ms
      from hours group by 1) x order by b`.execute(db)
  return rows
}

const spansOf = async (db: Db, id: string, from: Instant, to: Instant) => {
  const rows = await db
    .selectFrom('monitor_spans')
    .select(['from_at', 'to_at', 'state', 'message'])
    .where('monitor_id', '=', id)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', from)]))
    .orderBy('from_at', 'desc')
    .limit(MOST_SPANS)
    .execute()
  const spans = rows.reverse().map((r) => ({ ...r, state: r.state as SpanState }))
  return {
    flips: spans
      .filter((s) => Temporal.Instant.compare(s.from_at, from) >= 0)
      .map((s) => ({ at: s.from_at, state: s.state, message: s.message })),
    spans: spans.filter((s) => s.state !== 'up').map((s) => ({ from: s.from_at, to: s.to_at ?? to, state: s.state })),
  }
}
