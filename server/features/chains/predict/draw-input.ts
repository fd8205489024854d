import type { Circuit } from './circuit.ts'
import type { DurationModel } from './durations.ts'
import { type Cause, causesFrom, type Slowness } from './evidence.ts'
import type { Predicted } from './forward.ts'
import type { Graph } from './graph.ts'
import type { NightState } from './night.ts'
import { zAt } from './normal.ts'
import { holdOf } from './phase.ts'
import type { Spread } from './quantiles.ts'
import { type Repairs, repairsOf } from './repairs.ts'
import { trimmedTo } from './trim.ts'

/** By when a job is to end; null: no limit, only its end is asked for. */
export type DrawTarget = { node: number; due: number | null }

/** What draws are made of; goes to a worker as it is. */
export type DrawInput = {
  seed: number
  draws: number
  now: number
  circuit: Circuit
  /** Slots of the circuit, and by when they are to end. */
  targets: readonly { slot: number; due: number | null }[]
  /** The node of each slot, -1: none. */
  nodeOf: Int32Array
  /** Slots whose time is drawn: for each its seed, its causes and its spread. */
  drawn: Int32Array
  seeds: Int32Array
  causesOf: readonly (readonly number[])[]
  causes: readonly Cause[]
  causeSeeds: Int32Array
  together: number
  acts: boolean
  spreads: PackedSpreads
}

export type DrawOptions = {
  draws: number
  seed: number
  /** Which share of a job's slowness it has in common with what else runs on its host or database. */
  together: number
  /** Also finds whom to act on. */
  acts: boolean
}

/** By back-tests of hard years: with nothing in common ends are lost by a quarter more, with two thirds alarms are falser. */
export const usualDraws: DrawOptions = { draws: 1_000, seed: 1, together: 0.35, acts: true }

/** Takes out of a predicted night what some targets depend on. */
export const drawInput = (
  graph: Graph,
  state: NightState,
  models: readonly DurationModel[],
  predicted: Predicted,
  targets: readonly DrawTarget[],
  options: DrawOptions = usualDraws,
): DrawInput => {
  const { circuit, slots } = trimmedTo(
    predicted.circuit,
    targets.map((target) => target.node),
  )
  const place = new Map(Array.from(slots, (slot, k) => [slot, k]))
  const count = graph.nodes.length
  const drawn = Int32Array.from(slots.keys()).filter((k) => isDrawn(slots[k] as number, graph, state, predicted))
  const nodes = Array.from(drawn, (k) => slots[k] as number)
  const repairs = repairsOf(models)
  const names = [...new Set(nodes.flatMap((i) => graph.nodes[i]?.shares ?? []))]
  const causeAt = new Map(names.map((name, c) => [name, c]))
  const causesOfNode = (i: number) =>
    (graph.nodes[i]?.shares ?? []).map((name) => causeAt.get(name) ?? -1).filter((c) => c >= 0)
  return {
    seed: options.seed,
    draws: drawsFor(circuit, options.draws),
    now: state.now,
    circuit,
    targets: targets.map(({ node, due }) => ({ slot: place.get(node) as number, due })),
    nodeOf: slots.map((slot) => (slot < count ? slot : slot < 2 * count ? slot - count : -1)),
    drawn,
    seeds: Int32Array.from(nodes, (i) => seedOf(graph.nodes[i]?.id ?? '', options.seed)),
    causesOf: nodes.map(causesOfNode),
    causes: causesFrom(names, slownessTonight(graph, predicted, models, causesOfNode), options.together),
    causeSeeds: Int32Array.from(names, (name) => seedOf(name, options.seed)),
    together: options.together,
    acts: options.acts,
    spreads: packed(nodes.map((i) => spreadOf(i, graph, state, models, predicted, repairs))),
  }
}

const MOST_PLAYED = 1_000_000
const LEAST_DRAWS = 200

/** Nights that must be played through one by one are fewer where there are many jobs, so that others need not wait. */
const drawsFor = ({ order, needs, floor }: Circuit, wanted: number): number =>
  order && needs.size === 0 ? wanted : Math.min(wanted, Math.max(LEAST_DRAWS, Math.floor(MOST_PLAYED / floor.length)))

const isDrawn = (slot: number, graph: Graph, state: NightState, { phases, circuit }: Predicted): boolean => {
  const phase = phases[slot]
  if (!phase || graph.nodes[slot]?.waits.isBox || circuit.never.has(slot)) return false
  if (phase.kind === 'waiting') return holdOf(graph, state, slot) !== 'bypassed'
  return phase.kind === 'running' || phase.kind === 'retry' || phase.kind === 'mending'
}

const spreadOf = (
  i: number,
  { nodes }: Graph,
  state: NightState,
  models: readonly DurationModel[],
  { phases }: Predicted,
  repairs: Repairs,
): Spread => {
  const { basis, samples, p50, failing } = models[i] as DurationModel
  const phase = phases[i]
  const { retries, killAfterSeconds } = (nodes[i] as Graph['nodes'][number]).waits
  const tried = phase?.kind === 'waiting' ? 0 : (state.nodes[i]?.runs[0]?.attempt ?? 1)
  return {
    basis,
    samples,
    p50,
    failing,
    repairs: (failing > 0 || killAfterSeconds !== null || phase?.kind === 'mending' ? repairs(i) : null) ?? NONE,
    mending: phase?.kind === 'mending' ? Math.max(0, state.now - phase.endedAt) / 1000 : -1,
    elapsed: phase?.kind === 'running' ? Math.max(0, state.now - phase.startedAt) / 1000 : 0,
    retries: Math.max(0, retries + (phase?.kind === 'waiting' ? 0 : 1) - tried),
    killAfter: killAfterSeconds ?? Number.POSITIVE_INFINITY,
  }
}

const NONE = new Float64Array()
const ENOUGH_TO_COMPARE = 5

/** How slow tonight's runs were that have ended, where there are enough others to compare them with. */
const slownessTonight = (
  graph: Graph,
  { phases }: Predicted,
  models: readonly DurationModel[],
  causesOf: (i: number) => number[],
): Slowness[] =>
  phases.flatMap((phase, i) => {
    const samples = models[i]?.samples
    if (phase.kind !== 'done' || !samples || samples.length < ENOUGH_TO_COMPARE || graph.nodes[i]?.waits.isBox)
      return []
    const causes = causesOf(i)
    if (causes.length === 0) return []
    const seconds = (phase.endedAt - phase.startedAt) / 1000
    let [less, same] = [0, 0]
    for (const sample of samples) {
      if (sample < seconds) less++
      else if (sample === seconds) same++
    }
    return [{ z: zAt((less + same / 2 + 0.5) / (samples.length + 1)), causes }]
  })

/** Of its own for each name: what is drawn for a job does not change with what else is in the graph. */
const seedOf = (name: string, seed: number): number => {
  let hash = 0x811c9dc5 ^ seed
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return hash ^ (hash >>> 13)
}

const BASES = ['class', 'coarser', 'few', 'typical', 'none'] as const

const FIGURES = 6

/** Spreads in a few arrays: thousands of small ones take long on their way to a worker. */
type PackedSpreads = { pool: Float64Array; from: Int32Array; basis: Uint8Array; figures: Float64Array }

const packed = (spreads: readonly Spread[]): PackedSpreads => {
  const from = new Int32Array(2 * spreads.length + 1)
  spreads.forEach(({ samples, repairs }, s) => {
    from[2 * s + 1] = (from[2 * s] as number) + samples.length
    from[2 * s + 2] = (from[2 * s + 1] as number) + repairs.length
  })
  const pool = new Float64Array(from.at(-1) as number)
  spreads.forEach(({ samples, repairs }, s) => {
    pool.set(samples, from[2 * s])
    pool.set(repairs, from[2 * s + 1])
  })
  return {
    pool,
    from,
    basis: Uint8Array.from(spreads, ({ basis }) => BASES.indexOf(basis)),
    figures: Float64Array.from(
      spreads.flatMap((s) => [s.p50, s.failing, s.elapsed, s.mending, s.retries, s.killAfter]),
    ),
  }
}

export const unpacked = ({ pool, from, basis, figures }: PackedSpreads, s: number): Spread => {
  const figure = (k: number) => figures[FIGURES * s + k] as number
  return {
    basis: BASES[basis[s] as number] as Spread['basis'],
    samples: pool.subarray(from[2 * s], from[2 * s + 1]),
    repairs: pool.subarray(from[2 * s + 1], from[2 * s + 2]),
    p50: figure(0),
    failing: figure(1),
    elapsed: figure(2),
    mending: figure(3),
    retries: figure(4),
    killAfter: figure(5),
  }
}
