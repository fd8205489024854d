import type { Circuit } from './circuit.ts'
import type { Times } from './forward.ts'
import { heap } from './heap.ts'
import { latestInside } from './windows.ts'

/**
 * By how much the end of each job may slip, alone, before the target ends later than predicted. Infinity: it does not
 * matter to the target. Waiting for resources is not undone: a job that slips keeps its place in the queue. Where one of
 * several will do, the others are taken not to slip with it.
 */
export const floatsOf = (circuit: Circuit, times: Times, target: number): Float64Array => {
  const { first, operands, earliest, lasts, openings } = circuit
  const { begin, end, order } = times
  const latest = new Float64Array(end.length).fill(Number.POSITIVE_INFINITY)
  latest[target] = end[target] as number
  for (let k = order.length - 1; k >= 0; k--) {
    const s = order[k] as number
    if (latest[s] === Number.POSITIVE_INFINITY) continue
    const open = openings.get(s)
    const room = Math.max(begin[s] as number, (latest[s] as number) - (lasts[s] as number))
    const by = open ? latestInside(open, room) : room
    const [from, to] = [first[s] as number, first[s + 1] as number]
    for (let e = from; e < to; e++) {
      const operand = operands[e] as number
      if (earliest[s] && anotherInTime(operands.subarray(from, to), e - from, end, by)) continue
      latest[operand] = Math.min(latest[operand] as number, by)
    }
  }
  return latest.map((by, s) => (by === Number.POSITIVE_INFINITY ? by : by - (end[s] as number)))
}

const anotherInTime = (operands: Int32Array, own: number, end: Float64Array, by: number): boolean =>
  operands.some((operand, k) => k !== own && (end[operand] as number) <= by)

/** A way through the night that ends with the target: the first of `slots` starts it, the last is the target. */
export type Path = { slots: number[]; float: number }

const MOST_STEPS = 5_000

type Trail = { slot: number; float: number; next: Trail | null }

/** The ways that would delay the target first, the critical one (float 0) before all. Ends of jobs and beginnings of boxes. */
export const criticalPaths = (circuit: Circuit, times: Times, target: number, most = 3): Path[] => {
  if (!Number.isFinite(times.end[target] as number)) return []
  const trails: Trail[] = [{ slot: target, float: 0, next: null }]
  const todo = heap()
  todo.push(0, 0)
  const found = new Map<string, Path>()
  for (let steps = 0; steps < MOST_STEPS && found.size < most; steps++) {
    const next = todo.pop()
    if (!next) break
    const trail = trails[next.item] as Trail
    const ways = waysBack(circuit, times, trail.slot)
    if (ways.endsHere) {
      const slots = slotsOf(trail, circuit)
      const key = slots.join()
      if (!found.has(key)) found.set(key, { slots, float: trail.float })
    }
    for (const { slot, float } of ways.operands) {
      const item = trails.push({ slot, float: trail.float + float, next: trail }) - 1
      todo.push(trail.float + float, item)
    }
  }
  return [...found.values()]
}

/** What a slot waits for, each with the time by which it was too early to matter. */
const waysBack = ({ first, operands, earliest, floor }: Circuit, { begin, end }: Times, slot: number) => {
  const own = Array.from(operands.subarray(first[slot], first[slot + 1])).filter((one) => Number.isFinite(end[one]))
  const ends = own.map((one) => end[one] as number)
  if (own.length === 0) return { endsHere: true, operands: [] }
  if (earliest[slot]) {
    const soonest = own[ends.indexOf(Math.min(...ends))] as number
    return { endsHere: false, operands: [{ slot: soonest, float: 0 }] }
  }
  const last = Math.max(...ends)
  const byFloor = (floor[slot] as number) > last
  const until = byFloor ? (begin[slot] as number) : last
  return { endsHere: byFloor, operands: own.map((one, k) => ({ slot: one, float: until - (ends[k] as number) })) }
}

const slotsOf = (trail: Trail, { nodes }: Circuit): number[] => {
  const slots: number[] = []
  for (let at: Trail | null = trail; at; at = at.next) if (at.slot < 2 * nodes) slots.push(at.slot)
  return slots
}
