import { type RawBuilder, sql } from 'kysely'
import type { AlertStatus, Severity } from '../../../contract/alerts/words.ts'
import type { Environment } from '../../../contract/base.ts'
import type { Db } from '../../platform/db/pool.ts'
import { notFound } from '../../platform/errors.ts'
import type { Held } from './holds.ts'

type Instant = Temporal.Instant
type Row = {
  id: string
  status: AlertStatus
  severity: Severity
  title: string
  source_id: string
  source_name: string
  source_kind: string
  service_id: string | null
  service_name: string | null
  host: string | null
  environment: Environment
  team_id: string | null
  team_name: string | null
  priority: number | null
  ticket_id: string | null
  ticket_number: string | null
  ticket_state: string | null
  held: Held | null
  occurrences: number
  started_at: Instant
  ended_at: Instant | null
  acknowledged_at: Instant | null
  acknowledged_by: { name: string } | null
  version: number
}

/** Alerts `a` with the names that a list shows; `rest` are conditions, order and limit. */
export const selectAlerts = async (db: Db, rest: RawBuilder<unknown>) => {
  const { rows } = await sql<Row>`
    select a.id, a.status, a.severity, a.title, a.source_id, s.name as source_name, s.kind as source_kind,
      a.service_id, v.name as service_name, a.host, a.environment, a.team_id, g.name as team_name,
      coalesce(t.priority, a.priority) as priority, a.ticket_id, t.number as ticket_number, t.state as ticket_state, a.held,
      (coalesce(a.occurrences_end, k.occurrences) - a.occurrences_before)::int8 as occurrences,
      a.started_at, a.ended_at, a.acknowledged_at, a.acknowledged_by, a.version
    from alerts a join sources s on s.id = a.source_id
      left join services v on v.id = a.service_id left join teams g on g.id = a.team_id
      left join tickets t on t.id = a.ticket_id
      left join alert_keys k on k.source_id = a.source_id and k.dedup_key = a.dedup_key
    ${rest}`.execute(db)
  return rows.map(view)
}

const pair = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

const view = (r: Row) => ({
  id: r.id,
  status: r.status,
  severity: r.severity,
  title: r.title,
  source: { id: r.source_id, name: r.source_name, kind: r.source_kind },
  service: pair(r.service_id, r.service_name),
  host: r.host,
  environment: r.environment,
  team: pair(r.team_id, r.team_name),
  priority: r.priority,
  ticket: r.ticket_id ? { id: r.ticket_id, number: r.ticket_number ?? '', state: r.ticket_state ?? '' } : null,
  held: r.held,
  occurrences: r.occurrences,
  startedAt: r.started_at,
  endedAt: r.ended_at,
  acknowledgedAt: r.acknowledged_at,
  acknowledgedBy: r.acknowledged_by?.name ?? null,
  version: r.version,
})

/** An alert as lists show it. Throws `not_found`. */
export const showAlert = async (db: Db, id: string) => {
  const [found] = await selectAlerts(db, sql`where a.id = ${id}`)
  if (!found) throw notFound('The alert')
  return found
}
