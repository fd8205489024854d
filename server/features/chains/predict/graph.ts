import type { Condition, Within } from '../../../../contract/jobs/waits.ts'
import { inOrder } from '../../../platform/in-order.ts'
import type { ChainNode } from './night.ts'

/** A condition whose references are found: places in the graph's list of nodes. */
export type Resolved =
  | { kind: 'all' | 'any'; of: Resolved[] }
  | JobAtom
  | Extract<Condition, { kind: 'global' | 'file' }>
  | { kind: 'unknown'; ref: string }

export type JobAtom =
  | { kind: 'job'; node: number; is: Extract<Condition, { kind: 'job' }>['is']; within: Within }
  | { kind: 'exit'; node: number; compare: Comparison; code: number; within: Within }

export type Comparison = Extract<Condition, { kind: 'exit' }>['compare']

/** One job waits for another, by its condition. `mutex`: only for it not to run, which orders nothing. */
export type Edge = { from: number; to: number; mutex: boolean }

/** Jobs that wait for each other. `mutex`: only because one of them must not run, which is broken there and harmless. */
export type Circle = { nodes: number[]; mutex: boolean }

export type Graph = {
  nodes: readonly ChainNode[]
  at: ReadonlyMap<string, number>
  conditions: readonly (Resolved | null)[]
  /** The box of each, or -1; and the members of each box. */
  boxOf: Int32Array
  members: readonly (readonly number[])[]
  edges: readonly Edge[]
  /** The jobs that each one’s condition names. */
  named: readonly (readonly number[])[]
  /**
   * Ends of jobs (their places) and beginnings of boxes (their places + the number of nodes), such that what is waited
   * for comes first where there is no circle.
   */
  order: Int32Array
  circles: readonly Circle[]
  /** References to jobs that nobody knows. */
  dangling: readonly { node: number; ref: string }[]
}

/** Puts the jobs of one business date together. A reference is a job's id, or the key of one of the same origin. */
export const buildGraph = (nodes: readonly ChainNode[]): Graph => {
  const at = new Map(nodes.map((node, i) => [node.id, i]))
  const byKey = producersOf(nodes)
  const dangling: { node: number; ref: string }[] = []
  const find = (from: number, ref: string): readonly number[] => {
    const byId = at.get(ref)
    const found = byId === undefined ? byKey.get(keyOf(nodes[from]?.origin ?? null, ref)) : [byId]
    if (found) return found
    dangling.push({ node: from, ref })
    return []
  }
  const conditions = nodes.map(({ waits }, i) => waits.condition && resolve(waits.condition, (ref) => find(i, ref)))
  const edges: Edge[] = []
  // What must have run on the date before orders nothing of this one.
  const ofDate: Edge[] = []
  const named = conditions.map((condition, to) => {
    const atoms = jobAtoms(condition)
    for (const atom of atoms) {
      const edge = { from: atom.node, to, mutex: atom.kind === 'job' && atom.is === 'not-running' }
      edges.push(edge)
      if (atom.within !== 'previous-date') ofDate.push(edge)
    }
    return [...new Set(atoms.map((atom) => atom.node))]
  })
  const { boxOf, members, circles: boxCircles } = boxesOf(nodes, (i, ref) => find(i, ref)[0])
  const { order, circles } = ordered(nodes, ofDate, boxOf)
  return { nodes, at, conditions, boxOf, members, edges, named, dangling, order, circles: [...boxCircles, ...circles] }
}

/** Which box each lies in. A box that would lie in itself, however far in, lies in none. */
const boxesOf = (nodes: readonly ChainNode[], find: (i: number, ref: string) => number | undefined) => {
  const boxOf = new Int32Array(nodes.length).fill(-1)
  const members: number[][] = nodes.map(() => [])
  const circles: Circle[] = []
  nodes.forEach(({ waits }, i) => {
    const box = waits.box === null ? undefined : find(i, waits.box)
    if (box === undefined || !nodes[box]?.waits.isBox) return
    const above = [i]
    for (let up = box; up >= 0 && up !== i; up = boxOf[up] as number) above.push(up)
    if (box === i || boxOf[above.at(-1) as number] === i) {
      circles.push({ nodes: above.toSorted((a, b) => a - b), mutex: false })
      return
    }
    boxOf[i] = box
    members[box]?.push(i)
  })
  return { boxOf, members, circles }
}

const keyOf = (origin: string | null, key: string) => `${origin ?? ''}\n${key}`

const producersOf = (nodes: readonly ChainNode[]): Map<string, number[]> => {
  const byKey = new Map<string, number[]>()
  nodes.forEach((node, i) => {
    if (node.key === null) return
    const key = keyOf(node.origin, node.key)
    const found = byKey.get(key)
    if (found) found.push(i)
    else byKey.set(key, [i])
  })
  return byKey
}

const resolve = (condition: Condition, find: (ref: string) => readonly number[]): Resolved => {
  switch (condition.kind) {
    case 'global':
    case 'file':
      return condition
    case 'job':
    case 'exit': {
      const { job, ...atom } = condition
      const found = find(job).map((node): Resolved => ({ ...atom, node }))
      const [only] = found
      if (!only) return { kind: 'unknown', ref: job }
      // Several produce what is waited for (a job that is defined twice): each of them will do.
      return found.length === 1 ? only : { kind: 'any', of: found }
    }
    default:
      return { kind: condition.kind, of: condition.of.map((one) => resolve(one, find)) }
  }
}

/** The parts of a condition that name jobs. */
export const jobAtoms = (condition: Resolved | null): JobAtom[] => {
  if (!condition) return []
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.flatMap(jobAtoms)
  return condition.kind === 'job' || condition.kind === 'exit' ? [condition] : []
}

/** A box begins, then its members, and it ends after them. */
const ordered = (nodes: readonly ChainNode[], edges: readonly Edge[], boxOf: Int32Array) => {
  const count = nodes.length
  const boxBegins = (i: number) => count + i
  const beginning = (i: number) => (nodes[i]?.waits.isBox ? boxBegins(i) : i)
  const itemsBefore = (mutex: boolean): number[][] => {
    const before = Array.from({ length: 2 * count }, (): number[] => [])
    for (const edge of edges) if (mutex || !edge.mutex) before[beginning(edge.to)]?.push(edge.from)
    nodes.forEach((node, i) => {
      const box = boxOf[i] ?? -1
      if (node.waits.isBox) before[i]?.push(boxBegins(i))
      if (box < 0) return
      before[beginning(i)]?.push(boxBegins(box))
      before[box]?.push(i)
    })
    return before
  }
  const asNodes = (items: number[]) => [...new Set(items.map((i) => i % count))].toSorted((a, b) => a - b)
  const { order, circles: hard } = inOrder(itemsBefore(false))
  const circles: Circle[] = hard.map((items) => ({ nodes: asNodes(items), mutex: false }))
  if (edges.some((edge) => edge.mutex)) {
    const inHard = new Set(circles.flatMap((circle) => circle.nodes))
    const soft = inOrder(itemsBefore(true)).circles.map(asNodes)
    for (const found of soft) if (!found.some((i) => inHard.has(i))) circles.push({ nodes: found, mutex: true })
  }
  return { order: order.filter((item) => item < count || nodes[item - count]?.waits.isBox), circles }
}
