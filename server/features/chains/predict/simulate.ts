import { type Circuit, dependentsOf } from './circuit.ts'
import type { Times } from './forward.ts'
import { heap } from './heap.ts'
import { nextOpening } from './windows.ts'

const ENDS = 1

/**
 * Plays a night through, moment by moment: as exact as the pass in order, and also right where jobs wait for a resource
 * (who is ready first gets it; none is held back for one that needs more) and where conditions go round in a circle
 * (those that can never be the first never begin).
 */
export const simulate = (circuit: Circuit): Times => {
  const { first, earliest, floor, lasts, openings, needs, running } = circuit
  const slots = floor.length
  const { first: firstOf, dependents } = dependentsOf(circuit)
  const begin = new Float64Array(slots).fill(Number.POSITIVE_INFINITY)
  const end = new Float64Array(slots).fill(Number.POSITIVE_INFINITY)
  const left = new Int32Array(slots)
  const order: number[] = []
  const placed = new Uint8Array(slots)
  const free = circuit.units.slice()
  const todo = heap()
  const queue: number[] = []

  const ready = (slot: number, time: number) => {
    const from = Math.max(time, floor[slot] as number)
    if (from < Number.POSITIVE_INFINITY) todo.push(from, 2 * slot)
  }
  const fits = (slot: number) => (needs.get(slot) ?? []).every((n) => (free[n.resource] as number) >= n.units)
  const take = (slot: number, sign: 1 | -1) => {
    for (const n of needs.get(slot) ?? []) free[n.resource] = (free[n.resource] as number) - sign * n.units
  }
  /** False if it must wait for a resource. */
  const start = (slot: number, time: number): boolean => {
    const open = openings.get(slot)
    const from = open ? nextOpening(open, time) : time
    if (from > time) {
      ready(slot, from)
      return true
    }
    if (needs.has(slot) && !running.has(slot) && !fits(slot)) return false
    take(slot, 1)
    begin[slot] = time
    end[slot] = time + (lasts[slot] as number)
    todo.push(end[slot] as number, 2 * slot + ENDS)
    return true
  }

  for (let slot = 0; slot < slots; slot++) {
    const operands = (first[slot + 1] as number) - (first[slot] as number)
    left[slot] = earliest[slot] ? Math.min(1, operands) : operands
    if (left[slot] === 0) ready(slot, Number.NEGATIVE_INFINITY)
  }
  for (let next = todo.pop(); next; next = todo.pop()) {
    const slot = next.item >> 1
    if ((next.item & 1) === 0) {
      if (!start(slot, next.time)) queue.push(slot)
      continue
    }
    order.push(slot)
    placed[slot] = 1
    for (let e = firstOf[slot] as number; e < (firstOf[slot + 1] as number); e++) {
      const dependent = dependents[e] as number
      left[dependent] = (left[dependent] as number) - 1
      if (left[dependent] === 0) ready(dependent, next.time)
    }
    if (!needs.has(slot)) continue
    take(slot, -1)
    for (const waiting of queue.splice(0)) if (!start(waiting, next.time)) queue.push(waiting)
  }
  for (let slot = 0; slot < slots; slot++) if (!placed[slot]) order.push(slot)
  return { begin, end, order: Int32Array.from(order) }
}
