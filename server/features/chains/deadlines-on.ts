import { sql } from 'kysely'
import type { ReadContext } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { ancestorsOf } from './closure.ts'
import { type DeadlineRecord, placesOfDeadlines, selectDeadlines, showDeadlineRow } from './deadline-rows.ts'
import { readDefinitions } from './definitions.ts'

/** By job, the ids of the deadlines that hang on it: that wait for it, over however many others. */
export const hangingOn = async (db: Db, jobs: readonly string[]): Promise<Map<string, string[]>> => {
  const definitions = await readDefinitions(db)
  const { rows } = await sql<{ id: string; job: string }>`
    select id, job_id as job from chain_deadlines where job_id is not null`.execute(db)
  const found = new Map<string, string[]>()
  for (const { id, job: last } of rows) {
    const before = ancestorsOf(definitions, last)
    for (const job of jobs) if (job === last || before.has(job)) found.set(job, [...(found.get(job) ?? []), id])
  }
  return found
}

type Asked = Pick<ReadContext, 'db' | 'now'>

/** Some deadlines, what needs somebody first. */
export const mostUrgent = async ({ db, now }: Asked, ids: readonly string[]) => {
  if (ids.length === 0) return []
  const where = sql`d.id = any(${[...ids]}::uuid[])`
  const { rows } = await sql<DeadlineRecord>`
    select x.* from (${selectDeadlines(now(), where)}) x join (${placesOfDeadlines(now(), where)}) p using (id)
    order by p.rank, x.due_at, p.sort, id`.execute(db)
  return rows.map(showDeadlineRow)
}

/** The deadlines that hang on a job, what needs somebody first. */
export const deadlinesOn = async (ctx: Asked, jobId: string) =>
  mostUrgent(ctx, (await hangingOn(ctx.db, [jobId])).get(jobId) ?? [])
