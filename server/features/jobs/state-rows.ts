import { type RawBuilder, sql } from 'kysely'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { JobState, Rule } from './job-state.ts'
import { afterOf } from './schedule/schedule.ts'

/** What of a job decides about its pings. */
export type Held = {
  graceSeconds: number
  maxRunSeconds: number | null
  schedule: JobSchedule
  paused: boolean
  archived: boolean
  pingsPerSecond: number
}
export type LockedJob = JobState & Held & { id: string }

export const ruleOf = (j: Held): Rule => ({
  // Read when it is asked for: most pings change nothing about when their job is due.
  after: (ms) => afterOf(j.schedule)(ms),
  isFixed: j.schedule.kind !== 'period',
  graceMs: j.graceSeconds * 1000,
  maxRunMs: j.maxRunSeconds === null ? null : j.maxRunSeconds * 1000,
  paused: j.paused || j.archived,
})

// Times cross as whole milliseconds: parsing thousands of timestamps a second costs more than all the rest.
const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::int8`
export const instantOf = (column: string) => sql`to_timestamp(${sql.ref(column)} / 1000.0)`

const columns = sql`
  s.job_id as id, s.outcome, ${ms('s.last_at')} as "lastAt", s.last_run as "lastRun", s.last_ms as "lastMs",
  s.last_exit as "lastExit", s.last_late_ms as "lastLateMs", ${ms('s.last_ping_at')} as "lastPingAt", s.pings, s.open,
  ${ms('s.due_at')} as "dueAt", ${ms('s.missed_at')} as "missedAt", ${ms('s.unheard_at')} as "unheardAt",
  ${ms('s.look_at')} as "lookAt", ${ms('s.told_fail_at')} as "toldFailAt", s.flip,
  j.grace_seconds as "graceSeconds", j.max_run_seconds as "maxRunSeconds", j.schedule,
  j.paused_at is not null as paused, j.archived_at is not null as archived, j.pings_per_second as "pingsPerSecond"`

/** States of jobs, taken in the order of their ids, so that two transactions wait for each other and never in a circle. */
export const lockStates = async (db: Db, ids: string[]): Promise<Map<string, LockedJob>> => {
  const { rows } = await sql<LockedJob>`
    select ${columns} from job_states s join jobs j on j.id = s.job_id
    where s.job_id = any(${ids}::uuid[]) order by s.job_id for update of s`.execute(db)
  return new Map(rows.map((r) => [r.id, r]))
}

/** Jobs whose deadline may have passed. What another process is at is left to it. */
export const lockDue = async (db: Db, now: number, limit: number): Promise<LockedJob[]> => {
  const { rows } = await sql<LockedJob>`
    select ${columns} from job_states s join jobs j on j.id = s.job_id
    where s.look_at <= to_timestamp(${now}::float8 / 1000) order by s.look_at limit ${limit}
    for update of s skip locked`.execute(db)
  return rows
}

/** Writes states as they now are. The index is written only where the time of the next look has changed. */
export const stateWrite = (states: { id: string; state: JobState }[]): RawBuilder<unknown> => {
  const of = <T>(pick: (s: JobState) => T) => states.map(({ state }) => pick(state))
  return sql`
    update job_states s set outcome = u.outcome, last_at = ${instantOf('u.last_at')}, last_run = u.last_run,
      last_ms = u.last_ms, last_exit = u.last_exit, last_late_ms = u.last_late, last_ping_at = ${instantOf('u.last_ping')},
      pings = u.pings, open = u.open::jsonb, is_long = u.is_long, due_at = ${instantOf('u.due')},
      missed_at = ${instantOf('u.missed')}, unheard_at = ${instantOf('u.unheard')}, look_at = ${instantOf('u.look')},
      told_fail_at = ${instantOf('u.told_fail')}, flip = u.flip
    from unnest(${states.map((s) => s.id)}::uuid[], ${of((s) => s.outcome)}::text[], ${of((s) => s.lastAt)}::int8[],
      ${of((s) => s.lastRun)}::uuid[], ${of((s) => s.lastMs)}::int8[], ${of((s) => s.lastExit)}::int2[],
      ${of((s) => s.lastLateMs)}::int8[], ${of((s) => s.lastPingAt)}::int8[], ${of((s) => s.pings)}::int8[],
      ${of((s) => JSON.stringify(s.open))}::text[], ${of((s) => s.open.some((r) => r.long))}::bool[],
      ${of((s) => s.dueAt)}::int8[], ${of((s) => s.missedAt)}::int8[], ${of((s) => s.unheardAt)}::int8[],
      ${of((s) => s.lookAt)}::int8[], ${of((s) => s.toldFailAt)}::int8[], ${of((s) => s.flip)}::int4[])
      as u(id, outcome, last_at, last_run, last_ms, last_exit, last_late, last_ping, pings, open, is_long, due, missed,
        unheard, look, told_fail, flip)
    where s.job_id = u.id`
}
