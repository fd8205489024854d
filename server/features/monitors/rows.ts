import { sql } from 'kysely'
import type { Environment } from '../../../contract/base.ts'
import type { MonitorStatus } from '../../../contract/monitors/words.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'

/**
 * The status that a reader sees at `now`, of `monitors as m` and `monitor_states as s`. A state counts only as long as
 * the last look speaks for it: when nobody has looked for too long, it is unknown, whatever it was.
 */
export const statusAt = (now: Instant) => sql<MonitorStatus>`
  case when not m.enabled then 'paused' when s.watched_until is null or s.watched_until < ${now} then 'unknown' else s.state end`

/** Monitors as lists and pages show them. */
export const selectMonitors = (db: Db, now: Instant) => {
  const isStale = sql<boolean>`(m.enabled and s.watched_until < ${now})`
  const status = statusAt(now)
  return db
    .selectFrom('monitors as m')
    .innerJoin('monitor_states as s', 's.monitor_id', 'm.id')
    .leftJoin('services as v', 'v.id', 'm.service_id')
    .leftJoin('teams as t', 't.id', 'm.team_id')
    .select(['m.id', 'm.name', 'm.kind', 'm.address', 'm.environment', 'm.version', 'm.enabled'])
    .select(['m.interval_seconds', 'm.service_id', 'v.name as service_name', 'm.team_id', 't.name as team_name'])
    .select(['s.last_at', 's.last_ms', 's.last_message'])
    .select([
      status.as('status'),
      sql<Instant>`case when ${isStale} then s.last_at else s.since end`.as('since'),
      sql<string | null>`case when ${status} = s.state then s.reason end`.as('reason'),
      sql<Instant | null>`case when ${isStale} then s.last_at end`.as('unobserved_since'),
    ])
}

type MonitorRecord = Awaited<ReturnType<ReturnType<typeof selectMonitors>['execute']>>[number]

export const showRow = (r: MonitorRecord) => ({
  id: r.id,
  name: r.name,
  kind: r.kind,
  address: r.address,
  service: r.service_id ? { id: r.service_id, name: r.service_name ?? '' } : null,
  environment: r.environment as Environment,
  team: r.team_id ? { id: r.team_id, name: r.team_name ?? '' } : null,
  intervalSeconds: r.interval_seconds,
  state: r.status,
  since: r.since,
  reason: r.reason,
  unobservedSince: r.unobserved_since,
  lastAt: r.last_at,
  lastMs: r.last_ms,
  lastMessage: r.last_message,
  version: r.version,
})
