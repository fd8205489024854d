import type { Condition } from '../../../../contract/jobs/waits.ts'
import type { Graph, Resolved } from './graph.ts'

/** Something about a graph that somebody should look at. Jobs by their places. */
export type Finding =
  /** They wait for each other. `mutex`: only not to run beside each other, which does no harm. */
  | { kind: 'circle'; nodes: readonly number[]; mutex: boolean }
  /** It names a job that nobody knows: false for ever. */
  | { kind: 'dangling'; node: number; ref: string }
  /** Its condition asks for two things that are never both so. */
  | { kind: 'contradiction'; node: number; of: number | null; name: string | null }
  /** A success of the night before may start it before tonight’s run of this other job. */
  | { kind: 'latch'; node: number; of: number }

/** What is wrong with a graph, circles first. */
export const findingsOf = (graph: Graph): Finding[] => [
  ...graph.circles.map((circle): Finding => ({ kind: 'circle', ...circle })),
  ...graph.dangling.map((one): Finding => ({ kind: 'dangling', ...one })),
  ...graph.conditions.flatMap((condition, node) => (condition ? contradictionsOf(node, condition) : [])),
  ...graph.nodes.flatMap((_, node) => latchesOf(graph, node)),
]

type Atom = Exclude<Resolved, { kind: 'all' | 'any' }>

/** Parts that must hold together: of an OR with one part, and of ANDs in ANDs. */
const together = (condition: Resolved): Atom[] => {
  if (condition.kind === 'all') return condition.of.flatMap(together)
  if (condition.kind === 'any') return condition.of.length === 1 ? condition.of.flatMap(together) : []
  return [condition as Atom]
}

const groups = (condition: Resolved): Atom[][] => {
  const below = condition.kind === 'any' ? condition.of.flatMap(groups) : []
  const nested = condition.kind === 'all' ? condition.of.filter((one) => one.kind === 'any').flatMap(groups) : []
  return [together(condition), ...below, ...nested]
}

const contradictionsOf = (node: number, condition: Resolved): Finding[] => {
  for (const atoms of groups(condition))
    for (const [k, a] of atoms.entries())
      for (const b of atoms.slice(k + 1)) {
        if (a.kind === 'global' && b.kind === 'global' && a.name === b.name && clash(a, b))
          return [{ kind: 'contradiction', node, of: null, name: a.name }]
        const sameJob = 'node' in a && 'node' in b && a.node === b.node && sameWithin(a.within, b.within)
        if (sameJob && jobsClash(a, b)) return [{ kind: 'contradiction', node, of: a.node, name: null }]
      }
  return []
}

type Job = Extract<Resolved, { kind: 'job' | 'exit' }>

const sameWithin = (a: Job['within'], b: Job['within']): boolean => JSON.stringify(a) === JSON.stringify(b)

const ENDS = ['succeeded', 'failed', 'terminated']

/** One run has one outcome and one exit status. */
const jobsClash = (a: Job, b: Job): boolean => {
  if (a.kind === 'job' && b.kind === 'job') return a.is !== b.is && ENDS.includes(a.is) && ENDS.includes(b.is)
  if (a.kind === 'exit' && b.kind === 'exit')
    return clash({ compare: a.compare, value: String(a.code) }, { compare: b.compare, value: String(b.code) })
  return false
}

type Compared = { compare: Extract<Condition, { kind: 'exit' }>['compare']; value: string }

/** No value does both. Bounds are compared as numbers, and only where both are. */
const clash = (a: Compared, b: Compared): boolean => {
  if (a.compare === '=' && b.compare === '=') return a.value !== b.value
  if (a.compare === '!=' || b.compare === '!=')
    return a.compare !== b.compare && [a, b].some((c) => c.compare === '=') && a.value === b.value
  const [x, y] = [range(a), range(b)]
  return x !== null && y !== null && (x.from > y.to || y.from > x.to)
}

/** Whole numbers, as exit statuses are. */
const range = ({ compare, value }: Compared): { from: number; to: number } | null => {
  const at = Number(value)
  if (value.trim() === '' || Number.isNaN(at)) return null
  const [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  if (compare === '=') return { from: at, to: at }
  if (compare === '<') return { from: least, to: at - 1 }
  if (compare === '<=') return { from: least, to: at }
  return { from: compare === '>' ? at + 1 : at, to: most }
}

/**
 * A job that has a time of its own, or waits for several, looks at the last status of each: one that runs each night and
 * is named without a look-back may still show last night’s. Within one box it does not: a box begins afresh.
 */
const latchesOf = (graph: Graph, node: number): Finding[] => {
  const condition = graph.conditions[node]
  const own = graph.nodes[node]
  if (!condition || !own) return []
  const ownTime = own.gates !== null || (graph.boxOf[node] as number) >= 0
  if (!ownTime && (graph.named[node]?.length ?? 0) < 2) return []
  const risky = new Set<number>()
  const look = (part: Resolved): void => {
    if (part.kind === 'all' || part.kind === 'any') part.of.forEach(look)
    else if (
      part.kind === 'job' &&
      part.is !== 'not-running' &&
      part.within === 'ever' &&
      !shareBox(graph, node, part.node)
    )
      if (graph.nodes[part.node]?.gates?.length !== 0 && part.node !== node) risky.add(part.node)
  }
  look(condition)
  return [...risky].map((of): Finding => ({ kind: 'latch', node, of }))
}

const boxesOf = (graph: Graph, node: number): number[] => {
  const boxes: number[] = []
  for (let box = graph.boxOf[node] as number; box >= 0 && !boxes.includes(box); box = graph.boxOf[box] as number)
    boxes.push(box)
  return boxes
}

const shareBox = (graph: Graph, a: number, b: number): boolean => {
  const boxes = boxesOf(graph, a)
  return boxes.includes(b) || boxesOf(graph, b).some((box) => boxes.includes(box))
}
