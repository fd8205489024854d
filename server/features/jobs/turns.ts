import { type RawBuilder, sql } from 'kysely'
import { plainArray } from '../../platform/db/plain-array.ts'
import { downBy, type JobState } from './job-state.ts'

/** A job went up or down. `at` is epoch milliseconds. */
export type Turn = { jobId: string; at: number; up: boolean; reason: '' | 'fail' | 'timeout' | 'pause' | 'resume' }

const standing = (s: JobState): 'new' | 'up' | 'down' =>
  downBy(s) !== null ? 'down' : s.outcome === null ? 'new' : 'up'

/** What of it is a turn; null: it stands as before. */
export const turnOf = (
  jobId: string,
  before: JobState,
  after: JobState,
  at: number,
  reason: 'fail' | 'timeout',
): Turn | null => {
  const now = standing(after)
  if (now === standing(before) || now === 'new') return null
  return { jobId, at, up: now === 'up', reason: now === 'up' ? '' : reason }
}

export const turnInsert = (turns: readonly Turn[]): RawBuilder<unknown> => sql`
  insert into job_turns (job_id, at, up, reason)
  select j, to_timestamp(a / 1000.0), u, r from unnest(${plainArray(turns.map((t) => t.jobId))}::uuid[],
    ${plainArray(turns.map((t) => t.at))}::int8[], ${plainArray(turns.map((t) => t.up))}::bool[],
    ${turns.map((t) => t.reason)}::text[]) as x(j, a, u, r)`
