import { sql } from 'kysely'
import type { Db } from '../../../platform/db/pool.ts'

/** A job that was imported before, and what was said of it then. */
export type Known = {
  id: string
  name: string
  teamId: string | null
  archived: boolean
  said: Record<string, unknown>
}

/** Those of these jobs that are here already, by their external ids. */
export const knownJobs = async (
  db: Db,
  kind: string,
  jobs: readonly { externalId: string }[],
): Promise<Map<string, Known>> => {
  const ids = jobs.map((j) => j.externalId)
  const { rows } = await sql<Known & { externalId: string }>`
    select o.external_id as "externalId", j.id, j.name, j.team_id as "teamId", j.archived_at is not null as archived,
      o.said || jsonb_build_object('command', o.command, 'host', o.host, 'attributes', o.attributes, 'deadlines', o.deadlines) as said
    from job_origins o join jobs j on j.id = o.job_id
    where o.kind = ${kind} and o.external_id = any(${ids}::text[])`.execute(db)
  return new Map(rows.map((r) => [r.externalId, r]))
}
