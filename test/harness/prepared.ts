import type { Kysely } from 'kysely'
import type { Instant } from '../../server/platform/clock.ts'
import { maintainPartitions } from '../../server/platform/db/partitions.ts'
import { createDb, createPool } from '../../server/platform/db/pool.ts'
import type { DB } from '../../server/platform/db/schema.gen.ts'
import { partitioned } from '../../server/platform/housekeeping.ts'
import { createLog } from '../../server/platform/log.ts'
import type { Made } from './database.ts'

/** The partitions that a house makes when it starts at this time: a quarter of a second for each house otherwise. */
export const partitionsAt = (at: Instant): Made<void> => ({
  name: `partitions ${at.toString().slice(0, 10)}`,
  async make(url) {
    const db = createDb(createPool(url, 1, createLog('silent')))
    await db.transaction().execute((tx: Kysely<DB>) => maintainPartitions(tx, partitioned, at))
    await db.destroy()
  },
})
