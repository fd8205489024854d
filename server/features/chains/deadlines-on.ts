import { sql } from 'kysely'
import type { ReadContext } from '../../platform/context.ts'
import { ancestorsOf } from './closure.ts'
import { type DeadlineRecord, selectDeadlines, showDeadlineRow } from './deadline-rows.ts'
import { readDefinitions } from './definitions.ts'

/** The deadlines that hang on a job: that wait for it, over however many others. What needs somebody first. */
export const deadlinesOn = async ({ db, now }: Pick<ReadContext, 'db' | 'now'>, jobId: string) => {
  const definitions = await readDefinitions(db)
  const { rows: all } = await sql<{ id: string; job: string }>`
    select id, job_id as job from chain_deadlines where job_id is not null`.execute(db)
  const ids = all.filter(({ job }) => job === jobId || ancestorsOf(definitions, job).has(jobId)).map(({ id }) => id)
  if (ids.length === 0) return []
  const { rows } = await sql<DeadlineRecord>`
    select * from (${selectDeadlines(now(), sql`d.id = any(${ids}::uuid[])`)}) x order by rank, due_at, sort, id`.execute(
    db,
  )
  return rows.map(showDeadlineRow)
}
