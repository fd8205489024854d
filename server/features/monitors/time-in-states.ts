import { sql } from 'kysely'
import type { SpanState } from '../../../contract/monitors/words.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'

/** Milliseconds in each state within a window of time; what is missing was before the monitor's time. */
export type Times = Partial<Record<SpanState, number>>

/** Times are milliseconds since 1970. */
export type Window = { id: string; from: number; to: number }

const bad: readonly SpanState[] = ['down', 'degraded', 'unknown', 'unobserved', 'up']

/** The state that a cell shows: the worst that took any time. */
export const worst = (times: Times | undefined): SpanState | 'none' =>
  bad.find((state) => (times?.[state] ?? 0) > 0) ?? 'none'

/**
 * How long the monitors were in which state in each of the windows, in the order of the windows. The open span lasts
 * until `now`, or as far as anybody looked: what follows is unobserved.
 */
export const timeInStates = async (db: Db, windows: readonly Window[], now: Instant): Promise<Times[]> => {
  const times: Times[] = windows.map(() => ({}))
  if (windows.length === 0) return times
  const { rows } = await sql<{ n: number; state: SpanState; ms: number }>`
    select w.n, p.state, sum(extract(epoch from least(p.to_at, w.to_at) - greatest(p.from_at, w.from_at)) * 1000)::float8 as ms
    from (select id, to_timestamp(f / 1000) as from_at, to_timestamp(t / 1000) as to_at, n
      from unnest(${windows.map((w) => w.id)}::uuid[], ${windows.map((w) => w.from)}::float8[], ${windows.map((w) => w.to)}::float8[])
        with ordinality as u(id, f, t, n)) w
    join monitors m on m.id = w.id
    join monitor_states s on s.monitor_id = w.id
    cross join lateral (
      select * from monitor_spans where monitor_id = w.id and from_at < w.to_at and from_at >= coalesce(
        (select max(from_at) from monitor_spans where monitor_id = w.id and from_at <= w.from_at), '-infinity')) x
    cross join lateral (select x.to_at is null and m.enabled and s.watched_until < ${now} as is_stale) y
    cross join lateral (
      select x.state, x.from_at, case when y.is_stale then greatest(s.last_at, x.from_at) else coalesce(x.to_at, ${now}::timestamptz) end as to_at
      union all
      select 'unobserved', greatest(s.last_at, x.from_at), ${now}::timestamptz where y.is_stale) p
    where p.from_at < w.to_at and p.to_at > w.from_at
    group by w.n, p.state`.execute(db)
  for (const { n, state, ms } of rows) (times[n - 1] as Times)[state] = ms
  return times
}
