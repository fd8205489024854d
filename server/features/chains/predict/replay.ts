import type { DayClass } from '../../jobs/index.ts'
import type { DrawOptions } from './draw-input.ts'
import type { DurationOptions, PastRun } from './durations.ts'
import type { Forecaster } from './forecasters.ts'
import { buildGraph, type Graph } from './graph.ts'
import type { ChainNode, NightState, RunFact } from './night.ts'
import type { NightRecord } from './score.ts'

/** A night on record. */
export type PastNight = {
  date: string
  previousDate: string
  classes: readonly DayClass[]
  /** When its business date began: what has ended by then is learnt from. */
  from: number
  /** Null: it is only learnt from. */
  due: number | null
  /** Since when one knew when it is due. */
  asksFrom: number
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
  /** About so many times is each night looked at, at most. */
  looks: number
}

const MINUTE = 60_000
const MOST_PAST = 400
/** So many runs of earlier nights are looked at, as of the nights of now. */
const MOST_RECENT = 8
/** A run that starts so shortly before its time is the one of that time: clocks of hosts differ. */
const EARLY_MS = 30_000

/** What each forecaster said in the course of each night, knowing only what had happened by then. Null if stopped. */
export const replay = <Kept>(
  input: BacktestInput,
  forecasters: readonly Forecaster[],
  keep: (record: NightRecord) => Kept,
  stopped: () => boolean = () => false,
): Kept[][] | null => {
  const { nodes, target } = input
  const graph = buildGraph(nodes)
  const past = learner(nodes.length)
  const recent: RunFact[][] = nodes.map(() => [])
  const hasRun = nodes.map(({ waits }) => waits.isBox)
  const kept: Kept[][] = forecasters.map(() => [])
  let learnt = 0
  for (const night of input.nights) {
    if (stopped()) return null
    night.runs.forEach((runs, i) => {
      if (runs.length > 0) hasRun[i] = true
    })
    if (night.due !== null && learnt >= input.learn) {
      const { date, due } = night
      const gatesOf = (i: number) => night.gates[i] ?? null
      const tonight: Graph = { ...graph, nodes: graph.nodes.map((node, i) => ({ ...node, gates: gatesOf(i) })) }
      const endedAt = endOf(night.runs[target] ?? [], gatesOf(target), nodes[target]?.aheadMs)
      const moments = momentsOf(night, due, endedAt, input)
      const known = { graph: tonight, past: past.by(night.from), classes: night.classes }
      for (const [f, forecaster] of forecasters.entries()) {
        const forecast = forecaster(known)
        const forecasts = []
        for (const { at, even } of moments) {
          if (stopped()) return null
          const state = stateAt(nodes, night, { recent, hasRun }, at)
          forecasts.push({ at, even, ...forecast({ state, target, due }) })
        }
        kept[f]?.push(keep({ date, due, endedAt, forecasts }))
      }
    }
    if ((night.runs[target]?.length ?? 0) > 0) learnt++
    night.runs.forEach((runs, i) => {
      recent[i] = [...runs.toReversed(), ...(recent[i] ?? [])].slice(0, MOST_RECENT)
    })
    past.learn(night)
  }
  return kept
}

/** Its first success after which nothing starts it again on that date: what people run once more later is no end. */
const endOf = (runs: readonly RunFact[], gates: readonly number[] | null, aheadMs = EARLY_MS): number | null => {
  const last = gates?.at(-1) ?? Number.NEGATIVE_INFINITY
  const isLast = (run: RunFact) => run.startedAt + aheadMs >= last
  return runs.find((run) => run.outcome === 'succeeded' && isLast(run))?.endedAt ?? null
}

/** Runs of earlier nights, the newest first. What goes on into the next night is learnt from when it has ended. */
const learner = (count: number) => {
  const past = Array.from({ length: count }, (): PastRun[] => [])
  let waiting: { i: number; endedAt: number; run: PastRun }[] = []
  return {
    learn: ({ runs, date, classes }: PastNight) => {
      runs.forEach((own, i) => {
        for (const { startedAt, endedAt, outcome } of own) {
          // What told only its end does not say how long it took.
          if (endedAt === null || outcome === 'running' || endedAt <= startedAt) continue
          waiting.push({
            i,
            endedAt,
            run: { date, classes, startedAt, seconds: (endedAt - startedAt) / 1000, outcome },
          })
        }
      })
    },
    by: (now: number): readonly (readonly PastRun[])[] => {
      for (const { i, run } of waiting.filter((one) => one.endedAt < now).toSorted((a, b) => a.endedAt - b.endedAt)) {
        past[i]?.unshift(run)
        past[i]?.splice(MOST_PAST)
      }
      waiting = waiting.filter((one) => one.endedAt >= now)
      return past
    },
  }
}

/** Even steps from the first start on, and whenever something began or ended, until the deadline or the end. */
const momentsOf = (
  { runs, asksFrom }: PastNight,
  due: number,
  endedAt: number | null,
  { stepMinutes, looks }: Pick<BacktestInput, 'stepMinutes' | 'looks'>,
): { at: number; even: boolean }[] => {
  const until = Math.min(due, endedAt ?? Number.POSITIVE_INFINITY)
  const happened = runs.flat().flatMap((run) => [run.startedAt, run.endedAt ?? Number.POSITIVE_INFINITY])
  const from = Math.max(asksFrom, Math.min(...happened, until))
  const step = Math.max(stepMinutes * MINUTE, (until - from) / (looks / 2))
  const even = Array.from({ length: Math.max(0, Math.ceil((until - from) / step)) }, (_, k) => ({
    at: Math.round(from + k * step),
    even: true,
  }))
  const events = [...new Set(happened)].filter((at) => at >= from && at < until).map((at) => ({ at, even: false }))
  const all = [...even, ...events].toSorted((a, b) => a.at - b.at)
  if (all.length <= looks) return all
  // What happens shortly after another thing is seen at the next look.
  const apart = (until - from) / (looks / 2)
  let last = Number.NEGATIVE_INFINITY
  return all.filter(({ at, even: isEven }) => {
    if (!isEven && at - last < apart) return false
    last = at
    return true
  })
}

type Before = {
  recent: readonly (readonly RunFact[])[]
  /** Whether it has run on this night or before: what came into the chain later was not waited for. */
  hasRun: readonly boolean[]
}

const stateAt = (
  nodes: readonly ChainNode[],
  { date, previousDate, runs }: PastNight,
  { recent, hasRun }: Before,
  now: number,
): NightState => ({
  now,
  date,
  previousDate,
  nodes: nodes.map(({ waits }, i) => ({
    runs: [...knownAt(runs[i] ?? [], now).toReversed(), ...knownAt(recent[i] ?? [], now)],
    // What was held on a night long ago is not on record.
    hold: hasRun[i] ? (waits.hold === 'held' ? 'none' : waits.hold) : 'iced',
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
