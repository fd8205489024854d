import { sql } from 'kysely'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { Db } from '../../platform/db/pool.ts'
import { afterOf, type BusinessDays, businessDaysOf, globalsNow, unitsFor, zoneOf } from '../jobs/index.ts'
import { boundsOf, businessDateOf, type Dating, datingOf, dueOn, plusDays } from './business-date.ts'
import { ancestorsOf } from './closure.ts'
import { type Dates, datesOf } from './dates.ts'
import type { Deadline } from './deadline-rows.ts'
import { type Definitions, type JobDef, readDefinitions } from './definitions.ts'
import { gatesBetween } from './gates.ts'
import { modelsFor } from './history.ts'
import { incidentsOn, type NightIncident, type Uses, usesOf } from './incidents.ts'
import type { DurationModel } from './predict/durations.ts'
import { buildGraph, type Graph } from './predict/graph.ts'
import type { ChainNode, NightState, NodeState, RunFact } from './predict/night.ts'
import { type JobRuns, type KnownRun, readRuns, runsAround, withRunsOf } from './run-states.ts'
import { slowed } from './slowdown.ts'

/** A chain on one business date, with all that a prediction is made of. Places are those of `jobs`, and of the graph. */
export type NightInput = {
  deadline: Deadline
  date: string
  dating: Dating
  dates: Dates
  from: number
  to: number
  jobs: JobDef[]
  definitions: Definitions
  graph: Graph
  /** The open days of a schedule by business days. */
  daysOf: (s: JobSchedule) => BusinessDays | null
  state: NightState
  models: DurationModel[]
  target: number
  /** Of a deadline that counts from the start of its chain: when the first run of the date began, so far. */
  begunAt: number | null
  /** What is wrong now with what its jobs run on. */
  incidents: readonly NightIncident[]
}

/** A run may go on after its date: for so long a night is looked at as it is, and later as it was. */
const LONGEST_OVER_MS = 2 * 86_400_000
/** How long a reader goes by what runs were recorded when he looked; who records them knows that they are all there. */
const TRUSTED_MS = 60_000

/**
 * A night as it is known at `now`: of a date to come as if it began with nothing under way, of one that is over as it was
 * at its end. Null where its job is gone, or has no place. `recorded`: the runs of its jobs were recorded just now.
 */
export const readNight = async (
  db: Db,
  deadline: Deadline,
  date: string,
  now: number,
  given: { definitions?: Definitions; recorded?: boolean } = {},
): Promise<NightInput | null> => {
  const definitions = given.definitions ?? (await readDefinitions(db))
  if (!deadline.jobId || !definitions.jobs.has(deadline.jobId)) return null
  const dating = datingOf(deadline)
  const dates = await datesOf(db, deadline)
  const { from, to } = boundsOf(date, dating)
  const ids = [...ancestorsOf(definitions, deadline.jobId)]
  const jobs = ids.flatMap((id) => definitions.jobs.get(id) ?? [])
  const isOver = now >= to + LONGEST_OVER_MS
  const at = isOver ? to : Math.max(now, from)
  const known = isOver
    ? await runsAround(db, ids, from, to)
    : await withRunsOf(db, await readRuns(db, ids), boundsOf(dateBefore(date, dates), dating))
  const daysOf = await businessDaysOf(
    db,
    jobs.map((job) => job.schedule),
  )
  const uses = await usesOf(db, jobs)
  const nodes = nodesOf(jobs, known, from, to, daysOf, uses)
  const graph = buildGraph(nodes)
  const asked = jobs.map((job) => ({ id: job.id, typicalSeconds: job.waits.typicalSeconds }))
  const models = await modelsFor(db, asked, date, dating, dates, deadline.calendarId, {
    now,
    until: given.recorded ? Number.POSITIVE_INFINITY : now + TRUSTED_MS,
  })
  const state = stateOf(jobs, known, {
    date,
    dating,
    dates,
    at,
    to,
    isAhead: from > now,
    units: await unitsFor(db, jobs),
    globals: from > now || isOver ? new Map() : await globalsNow(db),
    daysOf,
  })
  // Of a night to come nobody knows whether it will still be so.
  const hostOf = (i: number) => hostIn(nodes[i]?.shares ?? [])
  const incidents =
    from <= now && !isOver ? await incidentsOn(db, jobs, { uses, hostOf }, leftOf(jobs, state), now) : []
  const factors = new Map<number, number>()
  for (const { places, slowdown } of incidents)
    for (const i of places) factors.set(i, Math.max(factors.get(i) ?? 1, slowdown?.factor ?? 1))
  return {
    deadline,
    date,
    dating,
    dates,
    from,
    to,
    jobs,
    definitions,
    graph,
    daysOf,
    state,
    models: jobs.map((job, i) => slowed(models.get(job.id) as DurationModel, factors.get(i) ?? 1)),
    incidents,
    target: ids.indexOf(deadline.jobId),
    begunAt: deadline.due.kind === 'in' ? await firstStart(db, ids, from, to) : null,
  }
}

/** The places of jobs whose last run of the date has not ended well. */
const leftOf = (jobs: readonly JobDef[], { nodes, date }: NightState): number[] =>
  jobs.flatMap((job, i) => {
    const last = nodes[i]?.runs[0]
    return job.waits.isBox || (last?.date === date && last.outcome === 'succeeded') ? [] : [i]
  })

/** By what was recorded: of a job that runs all night long, the last few runs do not say when it began. */
const firstStart = async (db: Db, ids: readonly string[], from: number, to: number): Promise<number | null> => {
  const { rows } = await sql<{ at: number | null }>`
    select (extract(epoch from min(coalesce(r.started_at, r.ended_at))) * 1000)::int8 as at from chain_runs r
    where r.job_id = any(${[...ids]}::uuid[]) and r.at >= to_timestamp(${from}::float8 / 1000)
      and r.at < to_timestamp(${to}::float8 / 1000) + interval '2 days'
      and coalesce(r.started_at, r.ended_at) >= to_timestamp(${from}::float8 / 1000)
      and coalesce(r.started_at, r.ended_at) < to_timestamp(${to}::float8 / 1000)`.execute(db)
  return rows[0]?.at ?? null
}

/** Each has its part of how slow a job is: of many, none would be seen. */
const MOST_SHARED = 3

const nodesOf = (
  jobs: readonly JobDef[],
  known: ReadonlyMap<string, JobRuns>,
  from: number,
  to: number,
  daysOf: (s: JobSchedule) => BusinessDays | null,
  uses: Uses,
): ChainNode[] => {
  const gates = gatesBetween(from, to, daysOf)
  return jobs.map((job) => nodeOf(job, known.get(job.id)?.runs ?? [], gates(job.schedule), uses))
}

/** A job as the graph has it: it shares the host of its last run that named one, and what its service depends on. */
export const nodeOf = (
  job: JobDef,
  runs: readonly KnownRun[],
  gates: readonly number[] | null,
  uses: Uses,
): ChainNode => {
  const host = runs.find((run) => run.host !== null)?.host ?? job.host
  return {
    id: job.id,
    name: job.name,
    origin: null,
    key: null,
    waits: job.waits,
    zone: zoneOf(job.schedule),
    gates,
    ...(job.schedule.kind === 'arrival' && { aheadMs: job.schedule.aheadSeconds * 1000 }),
    shares: [
      ...(host === null ? [] : [`${HOST}${host}`]),
      ...(uses.get(job.serviceId ?? '') ?? []).slice(0, MOST_SHARED).map((service) => `service:${service}`),
    ],
  }
}

const HOST = 'host:'

/** The host among what a job shares. */
const hostIn = (shares: readonly string[]): string | null =>
  shares.find((one) => one.startsWith(HOST))?.slice(HOST.length) ?? null

type Seen = {
  date: string
  dating: Dating
  dates: Dates
  at: number
  to: number
  isAhead: boolean
  units: ReadonlyMap<string, number>
  globals: ReadonlyMap<string, string>
  daysOf: (s: JobSchedule) => BusinessDays | null
}

const stateOf = (
  jobs: readonly JobDef[],
  known: ReadonlyMap<string, JobRuns>,
  { date, dating, dates, at, to, isAhead, units, globals, daysOf }: Seen,
): NightState => ({
  now: at,
  date,
  previousDate: dateBefore(date, dates),
  nodes: jobs.map((job): NodeState => {
    const { runs = [], lateUntil = null } = known.get(job.id) ?? {}
    return {
      runs: factsOf(
        isAhead ? runs.filter((run) => run.endedAt !== null) : runs,
        dating,
        Math.min(at, to - 1),
        meantBy(job, daysOf(job.schedule)),
      ),
      hold: job.waits.hold,
      notBefore: lateUntil !== null && lateUntil > at ? lateUntil : null,
      startAt: null,
    }
  }),
  units,
  globals,
  files: new Map(),
})

const LONGEST_PAUSE_DAYS = 14

/** The date before on which it holds. */
export const dateBefore = (date: string, dates: Dates): string => {
  for (let back = 1; back < LONGEST_PAUSE_DAYS; back++) {
    const other = plusDays(date, -back)
    if (dates.on(other)) return other
  }
  return plusDays(date, -1)
}

/** The time that decides to which business date a run belongs. */
export type Meant = (startedAt: number) => number

/** A file that comes in the afternoon for the evening is of that evening's date, whenever that begins. */
export const meantBy = ({ schedule }: Pick<JobDef, 'schedule'>, days: BusinessDays | null): Meant => {
  if (schedule.kind !== 'arrival') return (startedAt) => startedAt
  const after = afterOf(schedule, days)
  return (startedAt) => {
    const due = after(startedAt - 1)
    return due !== null && due - startedAt <= schedule.aheadSeconds * 1000 ? due : startedAt
  }
}

/** Runs that began by `last`, with their business dates: what begins on the next date is none of this night’s. */
export const factsOf = (
  runs: readonly KnownRun[],
  dating: Dating,
  last: number,
  meant: Meant = (startedAt) => startedAt,
): RunFact[] => {
  const tries = new Map<string, number>()
  const facts: RunFact[] = []
  for (const { host: _, ...run } of runs.toReversed()) {
    if (run.startedAt > last) continue
    const date = businessDateOf(meant(run.startedAt), dating)
    const attempt = (tries.get(date) ?? 0) + 1
    tries.set(date, run.outcome === 'succeeded' ? 0 : attempt)
    facts.unshift({ ...run, date, attempt })
  }
  return facts
}

/** By when it must be done, of an extension or by its rule; of one that counts from the start of its chain once that is known. */
export const dueOf = (
  { deadline, date }: Pick<NightInput, 'deadline' | 'date'>,
  extended: number | null,
  chainBegins: number | null,
): number | null => {
  if (extended !== null) return extended
  const { due } = deadline
  if (due.kind === 'by') return dueOn(date, deadline)
  return chainBegins === null ? null : chainBegins + due.seconds * 1000
}
