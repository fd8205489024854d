import { sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import type { Holdable } from './holds.ts'

type Names = {
  id: string
  source_id: string
  source_slug: string
  source_name: string
  service_id: string | null
  service_slug: string | null
  service_name: string | null
  team_id: string | null
  team_slug: string | null
  team_name: string | null
  host: string | null
  environment: string
  severity: string
  title: string
  dedup_key: string
  labels: Record<string, string>
}

const some = (...values: (string | null)[]) => values.filter((v): v is string => v !== null)

const asHoldable = (r: Names): Holdable & { id: string } => ({
  id: r.id,
  serviceId: r.service_id,
  teamId: r.team_id,
  source: some(r.source_id, r.source_slug, r.source_name),
  service: some(r.service_id, r.service_slug, r.service_name),
  team: some(r.team_id, r.team_slug, r.team_name),
  host: some(r.host),
  environment: [r.environment],
  severity: [r.severity],
  title: [r.title],
  key: [r.dedup_key],
  labels: r.labels,
})

const select = sql`
  select a.id, a.source_id, s.slug as source_slug, s.name as source_name, a.service_id, v.slug as service_slug,
    v.name as service_name, a.team_id, t.slug as team_slug, t.name as team_name, a.host, a.environment, a.severity,
    a.title, a.dedup_key, a.labels
  from alerts a join sources s on s.id = a.source_id
    left join services v on v.id = a.service_id left join teams t on t.id = a.team_id`

/** What silences and windows look at, of one alert. */
export const holdableOf = async (db: Db, alertId: string): Promise<Holdable> => {
  const { rows } = await sql<Names>`${select} where a.id = ${alertId}`.execute(db)
  const [row] = rows
  if (!row) throw new Error(`There is no alert ${alertId}.`)
  return asHoldable(row)
}

/** The same of open alerts, in the order of their ids, `after` an id. */
export const openHoldables = async (
  db: Db,
  given: { after: string | null; limit: number; heldBy?: string | undefined },
): Promise<(Holdable & { id: string })[]> => {
  const after = given.after ? sql`and a.id > ${given.after}` : sql``
  const which = given.heldBy ? sql`and a.held is not null and a.held->>'id' = ${given.heldBy}` : sql``
  const { rows } = await sql<Names>`${select} where a.status in ('firing', 'blind') ${after} ${which}
    order by a.id limit ${given.limit}`.execute(db)
  return rows.map(asHoldable)
}
