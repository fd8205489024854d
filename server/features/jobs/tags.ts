import { sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'

/** Lists jobs under their tags as they are now, by name. */
export const writeTags = async (db: Db, jobIds: string[]): Promise<void> => {
  await sql`delete from job_tags where job_id = any(${jobIds}::uuid[])`.execute(db)
  await sql`
    insert into job_tags (tag, sort, job_id)
    select distinct tag, lower(j.name), j.id from jobs j, unnest(j.tags) tag where j.id = any(${jobIds}::uuid[])`.execute(
    db,
  )
}
