import type { Db } from '../../platform/db/pool.ts'
import { invalid } from '../../platform/errors.ts'

/** An estate of AutoSys has some hundreds. */
export const MOST_NAMES = 10_000

/** Throws with the sentence where there are as many variables, or resources, as may be. */
export const requireRoom = async (db: Db, table: 'job_globals' | 'job_resources', words: string): Promise<void> => {
  const { n } = await db
    .selectFrom(table)
    .select((e) => e.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  if (Number(n) >= MOST_NAMES) throw invalid('name', words)
}
