import type { Graph } from './graph.ts'
import type { NightState, NodeState, RunFact } from './night.ts'

/** Where a job stands on a business date. */
export type Phase =
  /** It has still to start: not before its gate, if it has one. */
  | { kind: 'waiting'; gate: number | null; held: boolean }
  | { kind: 'running'; startedAt: number }
  /** It failed, and its scheduler starts it again. */
  | { kind: 'retry' }
  | { kind: 'done'; startedAt: number; endedAt: number }
  | { kind: 'failed'; endedAt: number }
  /** It failed, and people will start it again, as they did on other nights. */
  | { kind: 'mending'; endedAt: number }
  /** It counts as done for those who wait for it, and does not run. */
  | { kind: 'iced' }
  /** Nothing starts it on this date. */
  | { kind: 'absent' }

/** A run that starts so shortly before its time is the one of that time: clocks of hosts differ. */
const EARLY_MS = 30_000

/** Where each job stands, boxes after their members; and since when each box that has begun runs. */
export const phasesOf = (
  graph: Graph,
  state: NightState,
  mended: (node: number) => boolean,
): { phases: Phase[]; began: Float64Array } => {
  const phases: Phase[] = graph.nodes.map(() => ({ kind: 'absent' }))
  const began = new Float64Array(graph.nodes.length).fill(Number.NaN)
  for (const item of graph.order) {
    const node = graph.nodes[item]
    const known = state.nodes[item]
    if (!node || !known) continue
    const own = phaseOf(graph, item, known, state)
    if (!node.waits.isBox) phases[item] = own.kind === 'failed' && mended(item) ? { ...own, kind: 'mending' } : own
    else {
      const members = graph.members[item] ?? []
      began[item] = boxBegan(members, own, began, state)
      phases[item] = boxPhase(members, own, began[item], phases)
    }
  }
  return { phases, began }
}

const phaseOf = (graph: Graph, i: number, known: NodeState, state: NightState): Phase => {
  const { date } = state
  const { gates, waits, aheadMs = EARLY_MS } = graph.nodes[i] as Graph['nodes'][number]
  const last = known.runs[0]
  if (last?.endedAt === null) return { kind: 'running', startedAt: last.startedAt }
  if (known.startAt !== null) return { kind: 'waiting', gate: known.startAt, held: false }
  const hold = holdOf(graph, state, i)
  if (hold === 'iced') return { kind: 'iced' }
  const held = hold === 'held'
  const tonight = last?.date === date ? last : undefined
  if (!tonight) {
    const starts = gates ? gates.length > 0 : waits.condition !== null || (graph.boxOf[i] as number) >= 0 || waits.isBox
    return starts ? { kind: 'waiting', gate: gates?.[0] ?? null, held } : { kind: 'absent' }
  }
  if (tonight.outcome === 'failed' && tonight.attempt <= waits.retries) return { kind: 'retry' }
  const covered = Math.max(tonight.startedAt + aheadMs, tonight.covers ?? Number.NEGATIVE_INFINITY)
  const again = gates?.find((gate) => gate > covered)
  if (again !== undefined) return { kind: 'waiting', gate: again, held }
  return ended(tonight)
}

/** A box that is iced or bypassed takes its members with it. */
export const holdOf = (graph: Graph, state: NightState, i: number): NodeState['hold'] => {
  for (let box = graph.boxOf[i] as number; box >= 0; box = graph.boxOf[box] as number) {
    const hold = state.nodes[box]?.hold
    if (hold === 'iced' || hold === 'bypassed') return hold
  }
  return state.nodes[i]?.hold ?? 'none'
}

const ended = (run: RunFact): Phase =>
  run.outcome === 'succeeded'
    ? { kind: 'done', startedAt: run.startedAt, endedAt: run.endedAt as number }
    : { kind: 'failed', endedAt: run.endedAt as number }

/** By its scheduler's word, else with its first member. */
const boxBegan = (members: readonly number[], own: Phase, began: Float64Array, state: NightState): number => {
  if (own.kind === 'running' || own.kind === 'done') return own.startedAt
  let first = Number.NaN
  for (const member of members)
    for (const at of [began[member] as number, startedOn(state, member)])
      if (!(at >= first)) first = at >= 0 ? at : first
  return first
}

const startedOn = ({ nodes, date }: NightState, i: number): number => {
  const runs = nodes[i]?.runs ?? []
  return runs.findLast((run) => run.date === date)?.startedAt ?? Number.NaN
}

const boxPhase = (members: readonly number[], own: Phase, began: number, phases: readonly Phase[]): Phase => {
  if (own.kind !== 'waiting' || Number.isNaN(began)) return own
  let endedAt = began
  let failed = false
  for (const member of members) {
    const phase = phases[member] as Phase
    if (comesAgain(phase)) return { kind: 'running', startedAt: began }
    if (phase.kind === 'failed') failed = true
    if (phase.kind === 'done' || phase.kind === 'failed') endedAt = Math.max(endedAt, phase.endedAt)
  }
  return failed ? { kind: 'failed', endedAt } : { kind: 'done', startedAt: began, endedAt }
}

/** It will end (again) on this date. */
export const comesAgain = (phase: Phase): boolean =>
  phase.kind === 'waiting' || phase.kind === 'running' || phase.kind === 'retry' || phase.kind === 'mending'
