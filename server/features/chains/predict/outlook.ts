import { blockedBy } from './blocked.ts'
import type { Blocked } from './evaluate.ts'
import type { Predicted } from './forward.ts'
import type { Odds } from './odds.ts'
import { criticalPaths, floatsOf, type Path } from './paths.ts'
import { comesAgain, type Phase } from './phase.ts'
import { type DeadlineState, judge } from './verdict.ts'
import type { Night } from './what-if.ts'

/** All that is told of a target. Jobs by their places, instants in milliseconds, `null`: not on this date. */
export type Outlook = {
  node: number
  due: number | null
  state: DeadlineState | null
  /**
   * Its end: the middle of the nights that are drawn, by which the odds go as well; what the forward pass says is earlier
   * where many ways end in one. By the forward pass where it has ended or nobody knows how long it takes; null: never.
   */
  end: number | null
  slack: number | null
  blocked: Blocked | null
  odds: Odds
  /** The three ways that would delay it first, each by the jobs on it. */
  paths: readonly { nodes: number[]; float: number }[]
  /** Jobs on these ways of which nobody knows how long they take, and those that run longer than ever. */
  withoutStatistics: number[]
  outside: number[]
}

/** What a forward pass and draws say of a target. `before`: the state that was told last. */
export const outlookOf = (
  night: Night,
  predicted: Predicted,
  target: { node: number; due: number | null },
  odds: Odds,
  before: DeadlineState | null,
): Outlook => {
  const { node, due } = target
  const { circuit, times, phases, outside } = predicted
  const passed = times.end[node] as number
  const blocked = blockedBy(circuit, times, node)
  const phase = phases[node]
  const count = night.graph.nodes.length
  const paths = criticalPaths(circuit, times, node).map(({ slots, float }: Path) => ({
    nodes: [...new Set(slots.map((slot) => slot % count))],
    float,
  }))
  const onPaths = [...new Set(paths.flatMap((path) => path.nodes))]
  const toCome = onPaths.filter((i) => phases[i]?.kind !== 'done' && !night.graph.nodes[i]?.waits.isBox)
  const withoutStatistics = toCome.filter((i) => night.models[i]?.basis === 'none')
  const decides = (paths[0]?.nodes ?? []).some((i) => withoutStatistics.includes(i))
  const isDrawn = Number.isFinite(passed) && phase?.kind !== 'done' && !decides
  const end = isDrawn ? (odds.p50 ?? passed) : passed
  const standing = {
    now: night.state.now,
    due: due ?? Number.POSITIVE_INFINITY,
    endedAt: phase?.kind === 'done' ? phase.endedAt : null,
    blocked,
    miss: decides ? null : odds.miss,
  }
  return {
    node,
    due,
    state: due === null ? null : judge(standing, before),
    end: Number.isFinite(end) ? end : null,
    slack: due === null || !Number.isFinite(end) ? null : due - end,
    blocked,
    odds,
    paths,
    withoutStatistics,
    outside: toCome.filter((i) => outside.has(i)),
  }
}

/** When a job could be run (again). */
export type RerunTimes = {
  /** Not before what it waits for has ended, and those that read what it makes. `after`: the last of these, null: now. */
  earliest: number
  after: number | null
  /** The latest start with which the target still ends in time by the forward pass; null: none does, or none is needed. */
  latest: number | null
}

export const rerunTimes = (
  night: Night,
  predicted: Predicted,
  node: number,
  target: { node: number; due: number | null },
): RerunTimes => {
  const { graph, state, models } = night
  const { times, phases, circuit } = predicted
  const readers = graph.edges.flatMap((edge) => (edge.from === node ? [edge.to] : []))
  const busy = [
    ...(graph.named[node] ?? []).filter((i) => comesAgain(phases[i] as Phase)),
    ...[...readers, node].filter((i) => phases[i]?.kind === 'running'),
  ]
  let [earliest, after]: [number, number | null] = [state.now, null]
  for (const i of busy) {
    const end = times.end[i] as number
    if (!Number.isFinite(end) || end <= earliest) continue
    earliest = end
    after = i
  }
  const float = floatsOf(circuit, times, target.node)[node] as number
  const room = target.due === null ? Number.NaN : float + target.due - (times.end[target.node] as number)
  const end = (times.end[node] as number) + room
  const latest = end - (models[node]?.p50 ?? 0) * 1000
  return { earliest, after, latest: Number.isFinite(latest) && latest >= state.now ? latest : null }
}
