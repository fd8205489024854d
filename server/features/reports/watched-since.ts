import { sql } from 'kysely'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'

/**
 * Since when anything is watched: the first of the monitors, jobs, deadlines and tools that send us events; null where
 * there is none. A time before it without trouble is no good news.
 */
export const watchedSince = async (db: Db): Promise<Instant | null> => {
  const { rows } = await sql<{ since: Instant | null }>`
    select least((select min(created_at) from monitors), (select min(created_at) from jobs),
      (select min(created_at) from chain_deadlines), (select min(created_at) from sources)) as since`.execute(db)
  return rows[0]?.since ?? null
}
