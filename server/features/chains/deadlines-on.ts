import { sql } from 'kysely'
import type { ReadContext } from '../../platform/context.ts'
import { ancestorsOf } from './closure.ts'
import { type DeadlineRecord, placesOfDeadlines, selectDeadlines, showDeadlineRow } from './deadline-rows.ts'
import { readDefinitions } from './definitions.ts'

/** The deadlines that hang on a job: that wait for it, over however many others. What needs somebody first. */
export const deadlinesOn = async ({ db, now }: Pick<ReadContext, 'db' | 'now'>, jobId: string) => {
  const definitions = await readDefinitions(db)
  const { rows: all } = await sql<{ id: string; job: string }>`
    select id, job_id as job from chain_deadlines where job_id is not null`.execute(db)
  const ids = all.filter(({ job }) => job === jobId || ancestorsOf(definitions, job).has(jobId)).map(({ id }) => id)
  if (ids.length === 0) return []
  const where = sql`d.id = any(${ids}::uuid[])`
  const { rows } = await sql<DeadlineRecord>`
    select x.* from (${selectDeadlines(now(), where)}) x join (${placesOfDeadlines(now(), where)}) p using (id)
    order by p.rank, x.due_at, p.sort, id`.execute(db)
  return rows.map(showDeadlineRow)
}
