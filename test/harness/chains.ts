import { type Condition, type JobWaits, noWaits, type Within } from '../../contract/jobs/waits.ts'
import type { DurationModel } from '../../server/features/chains/predict/durations.ts'
import { durationModel } from '../../server/features/chains/predict/durations.ts'
import { buildGraph } from '../../server/features/chains/predict/graph.ts'
import type { ChainNode, NightState, NodeState, RunFact } from '../../server/features/chains/predict/night.ts'

/** A night written down shortly: minutes after the midnight that begins its business date. */

export const DATE = '2026-11-24'
const BEFORE = '2026-11-23'
const MIDNIGHT = Date.UTC(2026, 10, 24)
export const at = (minutes: number) => MIDNIGHT + minutes * 60_000
export const minutes = (time: number) => (time - MIDNIGHT) / 60_000

export const s = (job: string, within: Within = 'ever'): Condition => ({ kind: 'job', job, is: 'succeeded', within })
export const all = (...of: Condition[]): Condition => ({ kind: 'all', of })
export const any = (...of: Condition[]): Condition => ({ kind: 'any', of })

export type NightJob = {
  gates?: number[] | null
  waits?: Partial<JobWaits>
  /** Minutes that its runs on record took. */
  takes?: number[]
  /** Tonight: started, ended (null: still running), and how. */
  ran?: [number, number | null, RunFact['outcome']?]
  /** Its run of the date before, in minutes (negative ones). */
  ranBefore?: [number, number, RunFact['outcome']?]
  state?: Partial<NodeState>
  shares?: string[]
  /** It counts for a time when it begins so long before. */
  ahead?: number
}

const run = (date: string, [from, to, outcome]: NonNullable<NightJob['ran']>): RunFact => {
  const how = outcome ?? (to === null ? 'running' : 'succeeded')
  return {
    date,
    startedAt: at(from),
    endedAt: to === null ? null : at(to),
    outcome: how,
    exit: how === 'succeeded' ? 0 : how === 'failed' ? 1 : null,
    attempt: 1,
  }
}

export const modelOf = (takes: readonly number[], typicalSeconds: number | null = null): DurationModel =>
  durationModel(
    takes.map((took) => ({ date: '', classes: ['any'], startedAt: 0, seconds: took * 60, outcome: 'succeeded' })),
    ['any'],
    typicalSeconds,
  )

/** Jobs by name, their graph, what is known at `now`, and how long they take. */
export const nightOf = (now: number, jobs: Record<string, NightJob>, units: Record<string, number> = {}) => {
  const entries = Object.entries(jobs)
  const nodes = entries.map(
    ([name, job]): ChainNode => ({
      id: `id-${name}`,
      name,
      origin: 'autosys',
      key: name,
      waits: { ...noWaits, ...job.waits },
      zone: 'UTC',
      gates: job.gates?.map(at) ?? null,
      shares: job.shares ?? [],
      ...(job.ahead !== undefined && { aheadMs: job.ahead * 60_000 }),
    }),
  )
  const state: NightState = {
    now: at(now),
    date: DATE,
    previousDate: BEFORE,
    nodes: entries.map(([, job]) => ({
      runs: [...(job.ran ? [run(DATE, job.ran)] : []), ...(job.ranBefore ? [run(BEFORE, job.ranBefore)] : [])],
      hold: job.waits?.hold ?? 'none',
      notBefore: null,
      startAt: null,
      ...job.state,
    })),
    units: new Map(Object.entries(units)),
    globals: new Map(),
    files: new Map(),
  }
  const graph = buildGraph(nodes)
  const models = entries.map(([, job]) => modelOf(job.takes ?? [10], job.waits?.typicalSeconds))
  const place = (name: string) => graph.at.get(`id-${name}`) ?? -1
  return { graph, state, models, place }
}
