import type { Db } from '../../platform/db/pool.ts'
import { notFound } from '../../platform/errors.ts'
import { servicesOnHosts } from './find.ts'

export type HostFields = {
  name: string
  environment: Environment
  site: string
  teamId: string | null
  description: string
}
type Environment = 'prod' | 'uat' | 'test' | 'dev'

type HostRow = {
  id: string
  name: string
  environment: string
  site: string
  team_id: string | null
  team_name: string | null
  version: number
}

/** Hosts as a list shows them, each with what runs on it. */
export const hostSummaries = async (db: Db, rows: readonly HostRow[]) => {
  const services = await servicesOnHosts(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    environment: row.environment as Environment,
    site: row.site,
    team: row.team_id ? { id: row.team_id, name: row.team_name ?? '' } : null,
    services: services.get(row.id) ?? [],
    version: row.version,
  }))
}

/** A host and what runs on it. */
export const showHost = async (db: Db, id: string) => {
  const row = await db
    .selectFrom('hosts as h')
    .leftJoin('teams as t', 't.id', 'h.team_id')
    .selectAll('h')
    .select('t.name as team_name')
    .where('h.id', '=', id)
    .executeTakeFirst()
  const [summary] = row ? await hostSummaries(db, [row]) : []
  if (!row || !summary) throw notFound('The host')
  return { ...summary, description: row.description, updatedAt: row.updated_at }
}
