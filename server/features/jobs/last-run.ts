import { sql } from 'kysely'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { OpenRun } from './job-state.ts'
import { endsRun } from './run-rows.ts'

/** The run of a job that goes on, else the last that ended; null when there was none. */
export const lastRunOf = async (
  db: Db,
  jobId: string,
): Promise<{ id: string; state: 'running' | 'ended'; at: Instant } | null> => {
  const state = await db.selectFrom('job_states').select('open').where('job_id', '=', jobId).executeTakeFirst()
  const open = ((state?.open ?? []) as unknown as OpenRun[]).findLast((run) => !run.over)
  if (open) return { id: open.run, state: 'running', at: Temporal.Instant.fromEpochMilliseconds(open.at) }
  const { rows } = await sql<{ id: string; at: Instant }>`
    select p.run_id as id, p.happened_at as at from pings p where p.job_id = ${jobId} and ${endsRun}
    order by p.at desc, p.id desc limit 1`.execute(db)
  return rows[0] ? { ...rows[0], state: 'ended' } : null
}

/** Whether a job has had such a run. */
export const hasRun = async (db: Db, jobId: string, runId: string): Promise<boolean> => {
  const { rows } = await sql`select 1 from pings where job_id = ${jobId} and run_id = ${runId} limit 1`.execute(db)
  return rows.length > 0
}
