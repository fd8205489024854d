import { sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import { unitIdsOfPerson } from './units-of-person.ts'

/**
 * Whose trouble is a business unit's trouble: the services that any of these units uses and those that they depend on,
 * directly or through others, and the people who work there. What was archived counts for what is past, but leads no
 * further.
 */
export const aboutUnits = async (
  db: Db,
  unitIds: readonly string[],
): Promise<{ services: string[]; people: string[] }> => {
  const ids = sql`${[...unitIds]}::uuid[]`
  const { rows } = await sql<{ services: string[]; people: string[] }>`
    with recursive used(id) as (
      select service_id from service_business_units where business_unit_id = any(${ids})
      union
      select d.depends_on_service_id from used join services s on s.id = used.id and s.archived_at is null
      join dependencies d on d.service_id = used.id where d.depends_on_service_id is not null)
    select array(select id from used) as services,
      array(select distinct user_id from business_unit_people where business_unit_id = any(${ids})) as people`.execute(
    db,
  )
  return rows[0] ?? { services: [], people: [] }
}

/** The services whose trouble is the trouble of those business units in which somebody works. */
export const servicesOfPerson = async (db: Db, userId: string | null): Promise<string[]> =>
  userId ? (await aboutUnits(db, await unitIdsOfPerson(db, userId))).services : []
