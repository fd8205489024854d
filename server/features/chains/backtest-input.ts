import { setImmediate as breathe } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import { businessDaysOf } from '../jobs/index.ts'
import { boundsOf, datingOf } from './business-date.ts'
import { ancestorsOf } from './closure.ts'
import { datesOf } from './dates.ts'
import type { Deadline } from './deadline-rows.ts'
import { type JobDef, readDefinitions } from './definitions.ts'
import { gatesBetween } from './gates.ts'
import { usesOf } from './incidents.ts'
import { meantBy, nodeOf } from './night-input.ts'
import { pastNights } from './past-nights.ts'
import { usualDraws } from './predict/draw-input.ts'
import { usualDurations } from './predict/durations.ts'
import type { BacktestInput, PastNight } from './predict/replay.ts'
import type { KnownRun } from './run-states.ts'

/** So many nights are learnt from before any is judged: as many as the average of the last ten needs. */
export const LEARN = 10
/** Of fewer nights nothing can be said. */
const LEAST = 5
/** Runs are learnt from for so long before the first date that is judged: a quarter ends four times a year. */
const BEFORE_MS = 400 * 86_400_000
/** Of one job, and of all jobs of a chain. */
const MOST_OF_ONE = 2_000
const MOST_RUNS = 100_000
const LEAST_LOOKS = 12
const MOST_LOOKS = 150
const DRAWS = 300

export type Asked = {
  from: string
  until: string
  now: number
  /** How many jobs may be predicted in all: as many times as there are jobs, for each look at each night. */
  room: number
}

export type Readied = {
  leftOut: { unknown: number; early: number }
} & ({ input: BacktestInput; why: null } | { input: null; why: string })

/** The nights of a deadline as a replay wants them, or why there is nothing to play again. */
export const readBacktest = async (db: Db, deadline: Deadline, asked: Asked): Promise<Readied> => {
  const definitions = await readDefinitions(db)
  const none = { leftOut: { unknown: 0, early: 0 }, input: null }
  if (!deadline.jobId || !definitions.jobs.has(deadline.jobId))
    return { ...none, why: 'Its last job was deleted or put away: give it another job.' }
  const dates = await datesOf(db, deadline)
  const dating = datingOf(deadline)
  const ids = [...ancestorsOf(definitions, deadline.jobId)]
  const jobs = ids.flatMap((id) => definitions.jobs.get(id) ?? [])
  const target = jobs.findIndex((job) => job.id === deadline.jobId)
  const since = boundsOf(asked.from, dating).from - BEFORE_MS
  const known = await readRuns(db, ids, since, boundsOf(asked.until, dating).to)
  const runs = jobs.map((job) => known.get(job.id) ?? [])
  const daysOf = await businessDaysOf(
    db,
    jobs.map((job) => job.schedule),
  )
  const nights: PastNight[] = []
  let unknown = 0
  const told = await readTold(db, deadline.id, asked)
  const meantOf = (job: JobDef) => meantBy(job, daysOf(job.schedule))
  const given = { deadline, dates, jobs, target, runs, told, meantOf, ...asked }
  for (const night of pastNights({ ...given, gatesOn: (from, to) => gatesBetween(from, to, daysOf) })) {
    // Others are served meanwhile.
    await breathe()
    if (night.unknown) unknown++
    nights.push(night)
  }
  const onRecord = nights.filter((night) => (night.runs[target]?.length ?? 0) > 0).length
  const judged = judgedOf(nights, target)
  const leftOut = { unknown, early: 0 }
  if (judged.length < LEAST) return { leftOut, input: null, why: tooFew(judged.length, onRecord, asked) }
  const uses = await usesOf(db, jobs)
  const each = Math.max(1, jobs.length)
  const most = Math.max(LEAST, Math.floor(asked.room / each / LEAST_LOOKS))
  const early = new Set(judged.slice(0, Math.max(0, judged.length - most)))
  const looks = Math.floor(asked.room / each / (judged.length - early.size))
  return {
    leftOut: { unknown, early: early.size },
    why: null,
    input: {
      nodes: jobs.map((job, i) => nodeOf(job, runs[i] ?? [], null, uses)),
      target,
      nights: nights.map((night) => (early.has(night) ? { ...night, due: null } : night)),
      durations: usualDurations,
      draws: { ...usualDraws, draws: DRAWS, acts: false },
      learn: LEARN,
      stepMinutes: 10,
      looks: Math.min(MOST_LOOKS, Math.max(LEAST_LOOKS, looks)),
    },
  }
}

/** Those that a replay judges. */
const judgedOf = (nights: readonly PastNight[], target: number): PastNight[] => {
  let learnt = 0
  return nights.filter((night) => {
    const isJudged = night.due !== null && learnt >= LEARN
    if ((night.runs[target]?.length ?? 0) > 0) learnt++
    return isJudged
  })
}

const nightsWord = (n: number) => (n === 1 ? '1 night' : `${n} nights`)

const tooFew = (judged: number, onRecord: number, { from, until }: Asked): string => {
  if (onRecord === 0) return 'No run of its last job is on record yet.'
  if (onRecord < LEARN + LEAST)
    return `Its last job ran on ${nightsWord(onRecord)} so far. ${LEARN} are learnt from before any is judged, and ${LEAST} must be judged before anything can be said: that takes ${LEARN + LEAST - onRecord} more.`
  return `Only ${nightsWord(judged)} from ${from} to ${until} can be judged, and fewer than ${LEAST} say nothing. Ask for more dates.`
}

/** Runs that were recorded, the newest first, of each job no more than there is room for. */
const readRuns = async (
  db: Db,
  ids: readonly string[],
  since: number,
  until: number,
): Promise<Map<string, KnownRun[]>> => {
  const most = Math.max(10, Math.min(MOST_OF_ONE, Math.floor(MOST_RUNS / Math.max(1, ids.length))))
  const { rows } = await sql<KnownRun & { id: string }>`
    select r.job_id as id, (extract(epoch from coalesce(r.started_at, r.ended_at)) * 1000)::float8 as "startedAt",
      (extract(epoch from r.ended_at) * 1000)::float8 as "endedAt", r.outcome, r.exit_status as exit, r.host
    from unnest(${[...ids]}::uuid[]) j cross join lateral (
      select * from chain_runs r where r.job_id = j and r.at >= to_timestamp(${since}::float8 / 1000)
        and r.at < to_timestamp(${until}::float8 / 1000) + interval '2 days' order by r.at desc limit ${most}) r`.execute(
    db,
  )
  for (const row of rows) if (row.endedAt !== null && row.endedAt < row.startedAt) row.startedAt = row.endedAt
  return Map.groupBy(
    rows.toSorted((a, b) => b.startedAt - a.startedAt),
    (r) => r.id,
  )
}

const readTold = async (db: Db, id: string, { from, until }: Asked): Promise<Map<string, string>> => {
  const { rows } = await sql<{ date: string; state: string }>`
    select business_date::text as date, state from chain_nights
    where deadline_id = ${id} and business_date between ${from}::date and ${until}::date`.execute(db)
  return new Map(rows.map((r) => [r.date, r.state]))
}
