import { sorted } from '../../../platform/robust.ts'
import type { DrawTarget } from './draw-input.ts'
import type { DurationModel } from './durations.ts'
import type { Graph } from './graph.ts'
import type { NightState, NodeState, RunFact } from './night.ts'

/** All that a prediction is made of. */
export type Night = {
  graph: Graph
  state: NightState
  /** As many as the graph has nodes, in its order. */
  models: readonly DurationModel[]
  targets: readonly DrawTarget[]
}

/** Something that somebody could do. Jobs by their places, instants in milliseconds. */
export type Change =
  /** It counts as done and does not run (any more). */
  | { kind: 'skip'; node: number }
  | { kind: 'finish-now'; node: number }
  /** From its start to its end. */
  | { kind: 'takes'; node: number; seconds: number }
  /** By hand, whatever it waits for. What runs already is ended and started again. */
  | { kind: 'start-at'; node: number; at: number }
  /** Units of a resource: one more host. */
  | { kind: 'units'; resource: string; units: number }
  | { kind: 'extend'; node: number; due: number }

/** The night as it would be. */
export const nightIf = (night: Night, changes: readonly Change[]): Night => changes.reduce(changed, night)

const changed = (night: Night, change: Change): Night => {
  const { state, models, targets } = night
  switch (change.kind) {
    case 'skip':
      return withNode(night, change.node, ({ runs, ...rest }) => ({
        ...rest,
        runs: runs[0]?.endedAt === null ? runs.slice(1) : runs,
        hold: 'iced',
      }))
    case 'finish-now':
      return withNode(night, change.node, ({ runs, ...rest }) => ({
        ...rest,
        startAt: null,
        runs: finished(runs, state, night.graph.nodes[change.node]?.gates ?? []),
      }))
    case 'takes':
      return {
        ...night,
        models: models.with(change.node, exactly(models[change.node] as DurationModel, change.seconds)),
      }
    case 'start-at':
      return withNode(night, change.node, ({ runs, ...rest }) => ({
        ...rest,
        runs: runs[0]?.endedAt === null ? runs.slice(1) : runs,
        startAt: Math.max(state.now, change.at),
      }))
    case 'units':
      return { ...night, state: { ...state, units: new Map([...state.units, [change.resource, change.units]]) } }
    case 'extend':
      return { ...night, targets: targets.map((t) => (t.node === change.node ? { ...t, due: change.due } : t)) }
  }
}

const withNode = (night: Night, node: number, change: (known: NodeState) => NodeState): Night => ({
  ...night,
  state: { ...night.state, nodes: night.state.nodes.with(node, change(night.state.nodes[node] as NodeState)) },
})

const finished = (runs: readonly RunFact[], { now, date }: NightState, gates: readonly number[]): RunFact[] => {
  const last = runs[0]
  const underWay = last?.endedAt === null
  const run: RunFact = {
    date,
    startedAt: underWay ? last.startedAt : now,
    endedAt: now,
    outcome: 'succeeded',
    exit: 0,
    attempt: 1,
    ...(underWay ? {} : { covers: gates.find((gate) => gate > now) ?? now }),
  }
  return [run, ...(underWay ? runs.slice(1) : runs)]
}

const exactly = (model: DurationModel, seconds: number): DurationModel => ({
  ...model,
  basis: 'class',
  samples: sorted(Array(SURE).fill(seconds)),
  p50: seconds,
  p90: seconds,
  mean: seconds,
  sd: 0,
  failing: 0,
})

/** So many runs that took just so long leave little to chance. */
const SURE = 200
