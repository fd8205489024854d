import { sql } from 'kysely'
import type { Db } from '../../../platform/db/pool.ts'

type Asked = { kind: string; names: readonly string[]; teamId: string | null }

/** Jobs by what an import of this kind knows them by: those of the team where one is given, and names that no job has. Inner function. */
export const jobsNamed = async (
  db: Db,
  { kind, names, teamId }: Asked,
): Promise<{ found: Map<string, string>; strangers: string[] }> => {
  const asked = [...new Set(names)]
  if (asked.length === 0) return { found: new Map(), strangers: [] }
  const { rows } = await sql<{ name: string; id: string | null; isStranger: boolean }>`
    select n.name, j.id, o.job_id is null as "isStranger" from unnest(${asked}::text[]) n(name)
    left join job_origins o on o.kind = ${kind} and o.external_id = n.name
    left join jobs j on j.id = o.job_id and j.archived_at is null
      and (${teamId}::uuid is null or j.team_id = ${teamId}::uuid)`.execute(db)
  return {
    found: new Map(rows.flatMap(({ name, id }) => (id === null ? [] : [[name, id] as const]))),
    strangers: rows.filter((r) => r.isStranger).map((r) => r.name),
  }
}

/**
 * The same, of those alone that this sight tells of. A job is told of by the sight that names it first: its runs would
 * count twice if two did. Inner function.
 */
export const claimJobs = async (
  db: Db,
  sightId: string,
  asked: Asked,
): Promise<{ mine: Map<string, string>; strangers: string[] }> => {
  if (asked.teamId !== null) await leaveJobs(db, sightId, asked.teamId)
  const { found, strangers } = await jobsNamed(db, asked)
  if (found.size === 0) return { mine: found, strangers }
  const ids = [...found.values()].sort()
  const { rows } = await sql<{ id: string }>`
    with made as (
      insert into job_sight_jobs (job_id, sight_id)
      select i, ${sightId}::uuid from unnest(${ids}::uuid[]) i
      where not exists (select 1 from job_sight_jobs b where b.job_id = i) on conflict do nothing returning job_id)
    select job_id as id from job_sight_jobs where job_id = any(${ids}::uuid[]) and sight_id = ${sightId}::uuid
    union all select job_id from made`.execute(db)
  const own = new Set(rows.map((r) => r.id))
  return { mine: new Map([...found].filter(([, id]) => own.has(id))), strangers }
}

/** Jobs that another team has now: the sight that may tell of them is to have them. */
const leaveJobs = async (db: Db, sightId: string, teamId: string): Promise<void> => {
  await sql`
    delete from job_sight_jobs b using jobs j
    where b.sight_id = ${sightId}::uuid and j.id = b.job_id and j.team_id is distinct from ${teamId}::uuid`.execute(db)
}
