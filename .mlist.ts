import { sql } from 'kysely'
import { monitorHouse } from './test/harness/monitors.ts'
import { newId } from './server/platform/ids.ts'
import { timeInStates } from './server/features/monitors/time-in-states.ts'
const house = await monitorHouse({ env: { ROLES: 'web' } }); const { db } = house.platform
const N = 20000, ids = Array.from({ length: N }, () => newId())
await sql`insert into monitors (id, name, kind, config, address, interval_seconds, timeout_seconds, shard, created_at, updated_at)
 select i, 'm ' || n, 'http', '{}', 'http://h' || n || '.example/', 60, 10, n % 64, now(), now() from unnest(${ids}::uuid[]) with ordinality u(i, n)`.execute(db)
await sql`insert into monitor_states (monitor_id, since, watched_until, state, decided, span, span_from, last_at, flip, applied_flip)
 select i, '2026-11-22', '2027-01-01', 'up', true, 'up', '2026-11-22', '2026-11-23', 1, 1 from unnest(${ids}::uuid[]) i`.execute(db)
await sql`insert into monitor_spans (monitor_id, from_at, state, to_at) select monitor_id, '2026-11-22'::timestamptz + n * interval '10 min', 'up', '2026-11-22'::timestamptz + (n + 1) * interval '10 min' from monitor_states, generate_series(0, 30) n`.execute(db)
await sql`analyze`.execute(db)
const q = house.platform.pool.query.bind(house.platform.pool)
const now = '2026-11-23T07:00:00Z'
const status = `case when not m.enabled then 'paused' when s.watched_until is null or s.watched_until < '${now}' then 'unknown' else s.state end`
const show = async (text: string) => { for (let i = 0; i < 2; i++) { const r = await q('explain (analyze, buffers off) ' + text); if (i) console.log(r.rows.map((x: Record<string, string>) => x['QUERY PLAN']).join('\n')) } }
await show(`select m.id, array_position(array['down','degraded','unknown','up','paused'], ${status}) as rank, lower(m.name) as sort from monitors m join monitor_states s on s.monitor_id = m.id order by rank, sort, id limit 51`)
const from = Temporal.Instant.from(now).epochMilliseconds - 86400000
for (let i = 0; i < 3; i++) { const t = performance.now(); await timeInStates(db, ids.slice(0, 50).flatMap((id) => Array.from({ length: 30 }, (_, n) => ({ id, from: from + n * 2880000, to: from + (n + 1) * 2880000 }))), Temporal.Instant.from(now)); console.log('strips', performance.now() - t) }
await house.close()
