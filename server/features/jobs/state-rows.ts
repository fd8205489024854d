import { type RawBuilder, sql } from 'kysely'
import type { PingFilters } from '../../../contract/jobs/filters.ts'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { JobRules } from '../../../contract/jobs/words.ts'
import { plainArray } from '../../platform/db/plain-array.ts'
import type { Db } from '../../platform/db/pool.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { hostName } from '../catalog/index.ts'
import { barsWith, endedOf } from './bars.ts'
import { EARLY_MS, freshState, type JobState, type Rule } from './job-state.ts'
import type { PingRow } from './ping-rows.ts'
import { type BusinessDays, businessDaysOf } from './schedule/open-calendars.ts'
import { afterOf } from './schedule/schedule.ts'

/** What of a job decides about its pings. */
export type Held = {
  graceSeconds: number
  maxRunSeconds: number | null
  schedule: JobSchedule
  paused: boolean
  archived: boolean
  pingsPerSecond: number
  minRunSeconds: number | null
  minGapSeconds: number | null
  failuresInARow: number
  rules: JobRules
  filters: PingFilters
  resumesByHand: boolean
  lateUntil: number | null
  /** Other jobs are expected after its runs. */
  isFollowed: boolean
  /** Of a schedule by business days: those of its calendars, as they were read with it. */
  days: BusinessDays | null
  /** Version of the job that this is read from. */
  ruleVersion: number
}
/** A state as it was read, and what its job is held to. What stands in `version` is what the next one is written onto. */
export type ReadState = { id: string; version: number; state: JobState; held: Held; rule: Rule }

const longestRun = (j: Held): number | null => {
  const seconds = j.rules === 'healthchecks' ? j.graceSeconds : j.maxRunSeconds
  return seconds === null ? null : seconds * 1000
}

/** What follows another job may come from the end of that on, and is due at the latest time for it; a file may come hours before. */
const earlyMs = (s: JobSchedule): number =>
  s.kind === 'after' ? s.seconds * 1000 + EARLY_MS : s.kind === 'arrival' ? s.aheadSeconds * 1000 : EARLY_MS

/** By the rules of healthchecks a success counts from when it came: a file of the evening is that of the next day. */
const nextAfter = ({ schedule, rules, days }: Held, ms: number): number | null => {
  const after = afterOf(schedule, days)
  const next = after(ms)
  if (next === null || schedule.kind !== 'arrival' || rules !== 'healthchecks') return next
  return next - ms <= schedule.aheadSeconds * 1000 ? after(next) : next
}

const ruleOf = (j: Held): Rule => ({
  // Read when it is asked for: most pings change nothing about when their job is due.
  after: (ms) => nextAfter(j, ms),
  isFixed: j.schedule.kind !== 'period',
  earlyMs: earlyMs(j.schedule),
  graceMs: j.graceSeconds * 1000,
  maxRunMs: longestRun(j),
  minRunMs: j.minRunSeconds === null ? null : j.minRunSeconds * 1000,
  minGapMs: j.minGapSeconds === null ? null : j.minGapSeconds * 1000,
  failuresInARow: j.failuresInARow,
  paused: j.paused || j.archived,
  strict: j.rules === 'healthchecks',
  resumesByHand: j.resumesByHand || j.archived,
  lateUntil: j.lateUntil,
})

// Times cross as whole milliseconds: parsing thousands of timestamps a second costs more than all the rest.
const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::int8`
// By a float8: a numeric costs ten times as much, and to_timestamp takes it as a float8 in the end.
export const instantOf = (column: string) => sql`to_timestamp(${sql.ref(column)} / 1000::float8)`

/** By the index of those that follow. */
const isFollowed = sql`exists (select 1 from jobs f where f.schedule ->> 'kind' = 'after' and f.schedule ->> 'job' = j.id::text)`

const columns = sql`
  s.job_id as id, s.outcome, ${ms('s.last_at')} as "lastAt", s.last_run as "lastRun", s.last_ms as "lastMs",
  s.last_exit as "lastExit", s.last_late_ms as "lastLateMs", ${ms('s.last_ping_at')} as "lastPingAt", s.pings, s.open,
  ${ms('s.due_at')} as "dueAt", ${ms('s.missed_at')} as "missedAt", ${ms('s.unheard_at')} as "unheardAt",
  ${ms('s.look_at')} as "lookAt", ${ms('s.told_fail_at')} as "toldFailAt", s.fails, ${ms('s.last_start')} as "lastStart", s.often, s.flip,
  j.min_run_seconds as "minRunSeconds", j.min_gap_seconds as "minGapSeconds", j.failures_in_a_row as "failuresInARow",
  j.grace_seconds as "graceSeconds", j.max_run_seconds as "maxRunSeconds", j.schedule,
  j.paused_at is not null as paused, j.archived_at is not null as archived, j.pings_per_second as "pingsPerSecond",
  j.rules, j.filters, j.resumes_by_hand as "resumesByHand", ${ms('j.late_until')} as "lateUntil", ${isFollowed} as "isFollowed", j.version as "ruleVersion", s.version`

const ofJobs = (ids: string[]) => sql`${prepared}
  select ${columns} from job_states s join jobs j on j.id = s.job_id where s.job_id = any(${ids}::uuid[])`

type Row = Pick<ReadState, 'id' | 'version'> & JobState & Omit<Held, 'days'>

const stateFields = Object.keys(freshState) as (keyof JobState)[]

/** State and rule apart: the one is copied with each ping, the other never. */
const apart = ({ id, version, ...row }: Row, days: BusinessDays | null): ReadState => {
  const held: Held = { ...row, days }
  const state = Object.fromEntries(stateFields.map((name) => [name, row[name]])) as JobState
  return { id, version, state, held, rule: ruleOf(held) }
}

/** With the business days of those that have some, which others share. */
const withDays = async (db: Db, rows: Row[]): Promise<ReadState[]> => {
  const daysOf = await businessDaysOf(
    db,
    rows.map((r) => r.schedule),
  )
  return rows.map((r) => apart(r, daysOf(r.schedule)))
}

const byId = async (db: Db, rows: Row[]) => new Map((await withDays(db, rows)).map((r) => [r.id, r]))

export const readStates = async (db: Db, ids: string[]): Promise<Map<string, ReadState>> =>
  byId(db, (await sql<Row>`${ofJobs(ids)}`.execute(db)).rows)

/** States of jobs, taken in the order of their ids, so that two transactions wait for each other and never in a circle. */
export const lockStates = async (db: Db, ids: string[]): Promise<Map<string, ReadState>> =>
  byId(db, (await sql<Row>`${ofJobs(ids)} order by s.job_id for update of s`.execute(db)).rows)

/** Jobs whose deadline may have passed. What another process is at is left to it. */
export const lockDue = async (db: Db, now: number, limit: number): Promise<ReadState[]> => {
  const { rows } = await sql<Row>`${prepared}
    select ${columns} from job_states s join jobs j on j.id = s.job_id
    where s.look_at <= to_timestamp(${now}::float8 / 1000) order by s.look_at limit ${limit}
    for update of s skip locked`.execute(db)
  return withDays(db, rows)
}

/** Parameter of a statement that writes the states of these jobs: the host that the newest row of each names, if any does. */
const hostsOf = (jobIds: readonly string[], rows: readonly PingRow[]): (string | null)[] => {
  const hosts = new Map<string, string>()
  for (const { jobId, host } of rows) if (host) hosts.set(jobId, hostName(host))
  return jobIds.map((id) => hosts.get(id) || null)
}

type NextState = Pick<ReadState, 'id' | 'version' | 'state'> & { held: Pick<Held, 'ruleVersion'> }

/**
 * Writes states onto what they follow from, and gives the ids of those that are written: not those whose state or job
 * has changed since they were read. `rows` are the pings that are kept with them, in the order of their arrival. The
 * index is written only where the time of the next look has changed.
 */
export const stateWrite = (jobs: NextState[], rows: readonly PingRow[]): RawBuilder<{ id: string }> => {
  const ofJob = (pick: (j: NextState) => number | string) => plainArray(jobs.map(pick))
  const of = (pick: (s: JobState) => number | boolean | string | null) => plainArray(jobs.map((j) => pick(j.state)))
  return sql<{ id: string }>`${prepared}
    update job_states s set outcome = u.outcome, last_at = ${instantOf('u.last_at')}, last_run = u.last_run,
      last_ms = u.last_ms, last_exit = u.last_exit, last_late_ms = u.last_late, last_ping_at = ${instantOf('u.last_ping')},
      pings = u.pings, open = u.open::jsonb, is_long = u.is_long, due_at = ${instantOf('u.due')},
      missed_at = ${instantOf('u.missed')}, unheard_at = ${instantOf('u.unheard')}, look_at = ${instantOf('u.look')},
      told_fail_at = ${instantOf('u.told_fail')}, flip = u.flip, fails = u.fails,
      last_start = ${instantOf('u.last_start')}, often = u.often, ran_on = coalesce(u.ran_on, s.ran_on), bars = ${barsWith('u.ended')},
      version = u.version + 1
    from unnest(${ofJob((j) => j.id)}::uuid[], ${ofJob((j) => j.version)}::int8[],
      ${ofJob((j) => j.held.ruleVersion)}::int4[], ${of((s) => s.outcome)}::text[], ${of((s) => s.lastAt)}::int8[],
      ${of((s) => s.lastRun)}::uuid[], ${of((s) => s.lastMs)}::int8[], ${of((s) => s.lastExit)}::int2[],
      ${of((s) => s.lastLateMs)}::int8[], ${of((s) => s.lastPingAt)}::int8[], ${of((s) => s.pings)}::int8[],
      ${jobs.map((j) => JSON.stringify(j.state.open))}::text[], ${of((s) => s.open.some((r) => r.long && !r.over))}::bool[],
      ${of((s) => s.dueAt)}::int8[], ${of((s) => s.missedAt)}::int8[], ${of((s) => s.unheardAt)}::int8[],
      ${of((s) => s.lookAt)}::int8[], ${of((s) => s.toldFailAt)}::int8[], ${of((s) => s.flip)}::int4[],
      ${of((s) => s.fails)}::int4[], ${of((s) => s.lastStart)}::int8[], ${of((s) => s.often)}::bool[],
      ${endedOf(
        jobs.map((j) => j.id),
        rows,
      )}::text[], ${hostsOf(
        jobs.map((j) => j.id),
        rows,
      )}::text[])
      as u(id, version, rule, outcome, last_at, last_run, last_ms, last_exit, last_late, last_ping, pings, open, is_long, due, missed,
        unheard, look, told_fail, flip, fails, last_start, often, ended, ran_on), jobs j
    where s.job_id = u.id and s.version = u.version and j.id = u.id and j.version = u.rule
    returning s.job_id as id`
}
