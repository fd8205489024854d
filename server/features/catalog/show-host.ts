import type { Db } from '../../platform/db/pool.ts'
import { notFound } from '../../platform/errors.ts'
import { servicesOnHost } from './find.ts'

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

/** A host in one line of a list. */
export const hostSummary = (row: HostRow) => ({
  id: row.id,
  name: row.name,
  environment: row.environment as Environment,
  site: row.site,
  team: row.team_id ? { id: row.team_id, name: row.team_name ?? '' } : null,
  version: row.version,
})

/** A host and what runs on it. */
export const showHost = async (db: Db, id: string) => {
  const row = await db
    .selectFrom('hosts as h')
    .leftJoin('teams as t', 't.id', 'h.team_id')
    .selectAll('h')
    .select('t.name as team_name')
    .where('h.id', '=', id)
    .executeTakeFirst()
  if (!row) throw notFound('The host')
  return {
    ...hostSummary(row),
    description: row.description,
    services: await servicesOnHost(db, id),
    updatedAt: row.updated_at,
  }
}
