import { sql } from 'kysely'
import type { Platform } from '../../../server/platform/platform.ts'
import { usualMs } from '../targets/usual.ts'
import { insertRows, maybeTime, time } from './bulk.ts'
import { type Disturbance, fineWords, type PastMonitor } from './disturbances.ts'
import { DAY, HOUR, MINUTE } from './hours.ts'
import type { Random } from './random.ts'

/** Looks are written one by one for a day, one in each five minutes of its chart, and by the hour before. */
const LOOKS_FOR = 25 * HOUR
const LOOK_EVERY = 5 * MINUTE
/** All of them at the end, for the chart of an hour. */
const CLOSE_FOR = HOUR + 5 * MINUTE
const HOURS_FOR = 14 * DAY
/** Before that, a row stands for the six hours that are a point of the chart of ninety days. */
const LONG = 6 * HOUR
const LONG_FOR = 92 * DAY

/** Writes states of monitors over time, and how long their targets took to answer. */
export const writeMonitors = async (
  { db }: Platform,
  random: Random,
  monitors: readonly PastMonitor[],
  disturbances: readonly Disturbance[],
  from: number,
  now: number,
): Promise<void> => {
  const byMonitor = Map.groupBy(disturbances, (d) => d.monitor.id)
  const spans = monitors.flatMap((m) => spansOf(m, byMonitor.get(m.id) ?? [], from))
  await db.deleteFrom('monitor_spans').execute()
  await insertRows(
    db,
    'monitor_spans',
    'monitor_id uuid, from_at timestamptz, to_at timestamptz, state text, message text',
    spans,
  )
  await writeHours(db, random, monitors, byMonitor, now)
  await writeLooks(db, random, monitors, byMonitor, now)
  for (const m of monitors) {
    const since = Math.max(from, ...(byMonitor.get(m.id) ?? []).map((d) => d.to))
    const ms = usualMs(m.target, now)
    const columns = { flips: 2 * (byMonitor.get(m.id)?.length ?? 0), message: fineWords(m) }
    await sql`
      update monitor_states set state = 'up', decided = true, since = ${time(since)}, reason = ${columns.message},
        flip = ${columns.flips}, applied_flip = ${columns.flips}, span = 'up', span_from = ${time(since)},
        looks = '["ok","ok"]', last_at = ${time(now - 5_000)}, watched_until = ${time(now)}::timestamptz + 2 * interval_seconds * interval '1 second', last_outcome = 'ok',
        last_ms = ${ms}, last_message = ${columns.message}
      from monitors where id = monitor_id and id = ${m.id}`.execute(db)
  }
}

const spansOf = (m: PastMonitor, all: readonly Disturbance[], from: number) => {
  const spans: object[] = []
  let upFrom = from
  for (const d of all) {
    spans.push({
      monitor_id: m.id,
      from_at: time(upFrom),
      to_at: time(d.from),
      state: 'up',
      message: fineWords(m),
    })
    spans.push({ monitor_id: m.id, from_at: time(d.from), to_at: time(d.to), state: d.state, message: d.message })
    upFrom = d.to
  }
  spans.push({
    monitor_id: m.id,
    from_at: time(upFrom),
    to_at: maybeTime(null),
    state: 'up',
    message: fineWords(m),
  })
  return spans
}

const writeHours = async (
  db: Platform['db'],
  random: Random,
  monitors: readonly PastMonitor[],
  byMonitor: ReadonlyMap<string, readonly Disturbance[]>,
  now: number,
) => {
  const end = Math.floor((now - LOOKS_FOR) / HOUR) * HOUR
  const rows: object[] = []
  for (const m of monitors) {
    const all = byMonitor.get(m.id) ?? []
    const hourly = end - HOURS_FOR
    for (let at = Math.floor((end - LONG_FOR) / LONG) * LONG; at < end; ) {
      // Never over the first hour that has a row of its own.
      const length = at < hourly ? Math.min(LONG, hourly - at) : HOUR
      const looks = Math.round(length / 1000 / m.intervalSeconds)
      const bad = all.filter((d) => d.from < at + length && d.to > at)
      const share = bad.reduce((sum, d) => sum + (Math.min(d.to, at + length) - Math.max(d.from, at)) / length, 0)
      const isDown = bad.some((d) => d.state === 'down')
      const avg = usualMs(m.target, at) * random.spread(0.06) + (isDown ? 0 : share * 2_400)
      rows.push({
        monitor_id: m.id,
        at: time(at),
        looks,
        failures: isDown ? Math.round(looks * share) : 0,
        blind: 0,
        avg_ms: avg,
        p95_ms: avg * random.between(1.2, 1.5),
        max_ms: avg * random.between(2, 4),
      })
      at += length
    }
  }
  await insertRows(
    db,
    'result_hours',
    'monitor_id uuid, at timestamptz, looks int4, failures int4, blind int4, avg_ms real, p95_ms real, max_ms real',
    rows,
  )
  await sql`insert into result_rollups (done_until) values (${time(end)}) on conflict (one) do update set done_until = excluded.done_until`.execute(
    db,
  )
}

const writeLooks = async (
  db: Platform['db'],
  random: Random,
  monitors: readonly PastMonitor[],
  byMonitor: ReadonlyMap<string, readonly Disturbance[]>,
  now: number,
) => {
  const begin = Math.floor((now - LOOKS_FOR) / HOUR) * HOUR
  const rows: object[] = []
  for (const m of monitors) {
    const bad = (byMonitor.get(m.id) ?? []).filter((d) => d.to > begin)
    for (let at = begin + random.whole(0, MINUTE); at < now - 10_000; ) {
      const d = bad.find((one) => one.from <= at && one.to > at)
      const outcome = d ? (d.state === 'down' ? 'failed' : 'degraded') : 'ok'
      const ms = d ? d.ms : usualMs(m.target, at) * random.spread(0.15)
      rows.push({
        monitor_id: m.id,
        at: time(at),
        outcome,
        ms,
        code: d ? '' : m.target === null ? 'ok' : '200',
        message: d?.message ?? null,
      })
      at += now - at > CLOSE_FOR ? LOOK_EVERY : m.intervalSeconds * 1000
    }
  }
  const shape = 'monitor_id uuid, at timestamptz, outcome text, ms real, code text, message text'
  await insertRows(db, 'results', shape, rows)
}
