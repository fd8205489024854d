import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../../../platform/db/pool.ts'

/** What a reader of healthchecks without the right to write knows a check by. The database, which has no SHA-1, is told it. */
export const uniqueKey = (id: string): string =>
  createHash('sha1').update(id.replaceAll('-', '').slice(0, 16)).digest('hex')

const AT_ONCE = 1_000

/** Gives their keys to jobs that were made before there were any. */
export const fillUniqueKeys = async (db: Db): Promise<void> => {
  for (let size = AT_ONCE; size === AT_ONCE; ) {
    const { rows } = await sql<{ id: string }>`
      select id from jobs where unique_key is null order by id limit ${AT_ONCE} for no key update skip locked`.execute(
      db,
    )
    const ids = rows.map(({ id }) => id)
    if (ids.length > 0)
      await sql`update jobs j set unique_key = u.key from unnest(${ids}::uuid[], ${ids.map(uniqueKey)}::text[]) u(id, key)
        where j.id = u.id`.execute(db)
    size = rows.length
  }
}
