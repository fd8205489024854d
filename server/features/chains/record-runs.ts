import { sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import { ancestorsOf } from './closure.ts'
import type { Definitions } from './definitions.ts'
import { readRuns } from './run-states.ts'

const AT_ONCE = 500
const MOST_MARKS = 100_000
/** Of a job that runs each minute, its last day and a half say enough. */
const MOST_RUNS = 2_000

/** What this process has copied, by the newest state of each job. */
const copied = new Map<string, number>()

/**
 * Copies what has ended since the last copy, of the jobs of a chain, into the runs of chains. Twice the same changes
 * nothing, so that two processes may do it at once. Answers what to call once it is committed.
 */
export const recordRuns = async (db: Db, definitions: Definitions, target: string): Promise<() => void> => {
  const ids = [...ancestorsOf(definitions, target)]
  const known = await readRuns(db, ids)
  const fresh = ids.flatMap((id) => {
    const version = known.get(id)?.version ?? 0
    return copied.get(id) === version ? [] : [{ id, version }]
  })
  for (let from = 0; from < fresh.length; from += AT_ONCE)
    await copy(
      db,
      fresh.slice(from, from + AT_ONCE).map(({ id }) => id),
    )
  return () => {
    if (copied.size > MOST_MARKS) copied.clear()
    for (const { id, version } of fresh) copied.set(id, version)
  }
}

const copy = (db: Db, ids: readonly string[]) =>
  sql`
  insert into chain_runs (job_id, at, run_id, started_at, ended_at, outcome, exit_status, host)
  select p.job_id, p.at, p.run_id, p.started_at, p.happened_at, case p.kind when 'success' then 'succeeded' else 'failed' end,
    p.exit_status, coalesce(p.host, p.remote)
  from unnest(${[...ids]}::uuid[]) j cross join lateral (
    select * from pings p where p.job_id = j and p.kind in ('success', 'fail')
      and p.at > coalesce((select max(at) from chain_runs r where r.job_id = j), '-infinity')
    order by p.at desc limit ${MOST_RUNS}) p
  on conflict do nothing`.execute(db)
