import type { Selectable } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import type { Sources } from '../../platform/db/schema.gen.ts'

export type SourceRow = Selectable<Sources>

export const findSource = async (db: Db, id: string): Promise<SourceRow | null> =>
  (await db.selectFrom('sources').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
