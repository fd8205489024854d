import type { DayClass } from '../../jobs/index.ts'
import type { DrawOptions } from './draw-input.ts'
import type { DurationOptions, PastRun } from './durations.ts'
import { byDraws, byLastTen, byThreeSigma, type Forecaster } from './forecasters.ts'
import { buildGraph, type Graph } from './graph.ts'
import type { ChainNode, NightState, RunFact } from './night.ts'
import { type NightRecord, type Score, scoreOf, thresholdFor } from './score.ts'
import { usualLimits } from './verdict.ts'

/** A night on record. */
export type PastNight = {
  date: string
  previousDate: string
  classes: readonly DayClass[]
  due: number
  /** Of each node: when it might start, and its runs of this date, the oldest first. */
  gates: readonly (readonly number[] | null)[]
  runs: readonly (readonly RunFact[])[]
}

export type BacktestInput = {
  /** The jobs as they are defined today. Their gates are those of each night. */
  nodes: readonly ChainNode[]
  target: number
  /** In order. */
  nights: readonly PastNight[]
  durations: DurationOptions
  draws: DrawOptions
  /** So many nights are learnt from before any is scored. */
  learn: number
  stepMinutes: number
}

export type Compared = {
  /** Ours with alarm at our own limit. */
  ours: Score
  /** Each baseline with its own alarms, and ours with a threshold that raises no more false ones. */
  baselines: { name: 'last-ten' | 'three-sigma'; baseline: Score; oursAtEqualAlarms: Score; threshold: number }[]
}

/** Replays the nights on record and measures our forecasts and both baselines in the same way. Null if stopped. */
export const backtest = (input: BacktestInput, stopped: () => boolean = () => false): Compared | null => {
  const forecasters = [byDraws(input.durations, input.draws), byLastTen, byThreeSigma]
  const records = replay(input, forecasters, stopped)
  if (!records) return null
  const [ours, lastTen, threeSigma] = records as [NightRecord[], NightRecord[], NightRecord[]]
  const beside = (name: Compared['baselines'][number]['name'], own: NightRecord[]) => {
    const baseline = scoreOf(own, 0)
    const threshold = thresholdFor(ours, baseline.falseAlarms)
    return { name, baseline, oursAtEqualAlarms: scoreOf(ours, threshold), threshold }
  }
  return {
    ours: scoreOf(ours, usualLimits.predictedLate),
    baselines: [beside('last-ten', lastTen), beside('three-sigma', threeSigma)],
  }
}

const MINUTE = 60_000
const MOST_PAST = 400

/** What each forecaster said in the course of each night, knowing only what had happened by then. */
export const replay = (
  input: BacktestInput,
  forecasters: readonly Forecaster[],
  stopped: () => boolean,
): NightRecord[][] | null => {
  const graph = buildGraph(input.nodes)
  const past: PastRun[][] = input.nodes.map(() => [])
  const records: NightRecord[][] = forecasters.map(() => [])
  for (const [n, night] of input.nights.entries()) {
    if (stopped()) return null
    if (n >= input.learn) {
      const tonight: Graph = {
        ...graph,
        nodes: graph.nodes.map((node, i) => ({ ...node, gates: night.gates[i] ?? null })),
      }
      const before = input.nights[n - 1]
      const endedAt = night.runs[input.target]?.findLast((run) => run.outcome === 'succeeded')?.endedAt ?? null
      const moments = momentsOf(night, endedAt, input.stepMinutes)
      forecasters.forEach((forecaster, f) => {
        const forecast = forecaster({ graph: tonight, past, classes: night.classes })
        const forecasts = moments.map(({ at, even }) => ({
          at,
          even,
          ...forecast({ state: stateAt(input.nodes, night, before, at), target: input.target, due: night.due }),
        }))
        records[f]?.push({ date: night.date, due: night.due, endedAt, forecasts })
      })
    }
    night.runs.forEach((runs, i) => {
      past[i]?.unshift(...runs.toReversed().flatMap((run) => pastRun(run, night)))
      past[i]?.splice(MOST_PAST)
    })
  }
  return records
}

const pastRun = (run: RunFact, { date, classes }: PastNight): PastRun[] =>
  run.endedAt === null || run.outcome === 'running'
    ? []
    : [{ date, classes, startedAt: run.startedAt, seconds: (run.endedAt - run.startedAt) / 1000, outcome: run.outcome }]

/** Even steps from the first start on, and whenever something began or ended, until the deadline or the end. */
const momentsOf = (night: PastNight, endedAt: number | null, stepMinutes: number) => {
  const until = Math.min(night.due, endedAt ?? Number.POSITIVE_INFINITY)
  const happened = night.runs.flat().flatMap((run) => [run.startedAt, run.endedAt ?? Number.POSITIVE_INFINITY])
  const from = Math.min(...happened, until)
  const step = stepMinutes * MINUTE
  const even = Array.from({ length: Math.ceil((until - from) / step) }, (_, k) => ({ at: from + k * step, even: true }))
  const events = [...new Set(happened)].filter((at) => at < until).map((at) => ({ at, even: false }))
  return [...even, ...events].toSorted((a, b) => a.at - b.at)
}

const stateAt = (
  nodes: readonly ChainNode[],
  night: PastNight,
  before: PastNight | undefined,
  now: number,
): NightState => ({
  now,
  date: night.date,
  previousDate: night.previousDate,
  nodes: nodes.map(({ waits }, i) => ({
    runs: [...knownAt(night.runs[i] ?? [], now).toReversed(), ...(before?.runs[i] ?? []).toReversed()],
    // What was held on a night long ago is not on record.
    hold: waits.hold === 'held' ? 'none' : waits.hold,
    notBefore: null,
    startAt: null,
  })),
  units: new Map(),
  globals: new Map(),
  files: new Map(),
})

const knownAt = (runs: readonly RunFact[], now: number): RunFact[] =>
  runs
    .filter((run) => run.startedAt <= now)
    .map((run) =>
      run.endedAt === null || run.endedAt > now ? { ...run, endedAt: null, outcome: 'running', exit: null } : run,
    )
