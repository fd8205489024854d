import type { Blocked } from './evaluate.ts'
import type { Openings } from './windows.ts'

/**
 * The times of a night as a circuit: each slot begins at the latest (or the earliest) of its operands' ends, not before its
 * floor, and lasts its time. Slots 0…n-1 are the ends of the n jobs, n…2n-1 the beginnings of boxes, then come parts of
 * conditions. Instants and durations are milliseconds.
 */
export type Circuit = {
  nodes: number
  /** Operands of slot s: operands[first[s]] … operands[first[s + 1] - 1]. */
  first: Int32Array
  operands: Int32Array
  /** 1: begins at the earliest of its operands. */
  earliest: Uint8Array
  floor: Float64Array
  lasts: Float64Array
  /** Slots that start only in a window. */
  openings: ReadonlyMap<number, Openings>
  /** Slots that need units of a resource: which, and how many. */
  needs: ReadonlyMap<number, readonly { resource: number; units: number }[]>
  units: Float64Array
  /** Slots of jobs that run already: they have what they need. */
  running: ReadonlySet<number>
  /** Why slots can never begin. */
  never: ReadonlyMap<number, Blocked>
  /** Slots in an order in which operands come first. With a circle this is null. */
  order: Int32Array | null
}

/** A slot whose end is before all times. */
export const metSlot = (nodes: number): number => 2 * nodes

/** Who has slot s as an operand: dependents[first[s]] … */
export const dependentsOf = ({ first, operands }: Pick<Circuit, 'first' | 'operands'>) => {
  const slots = first.length - 1
  const firstOf = new Int32Array(slots + 1)
  for (const operand of operands) (firstOf[operand + 1] as number)++
  for (let s = 0; s < slots; s++) firstOf[s + 1] = (firstOf[s + 1] as number) + (firstOf[s] as number)
  const fill = firstOf.slice()
  const dependents = new Int32Array(operands.length)
  for (let s = 0; s < slots; s++)
    for (let e = first[s] as number; e < (first[s + 1] as number); e++) {
      const operand = operands[e] as number
      dependents[fill[operand] as number] = s
      fill[operand] = (fill[operand] as number) + 1
    }
  return { first: firstOf, dependents }
}

/** An order in which operands come first, null if there is a circle. */
export const slotsInOrder = (wires: Pick<Circuit, 'first' | 'operands'>): Int32Array | null => {
  const slots = wires.first.length - 1
  const { first, dependents } = dependentsOf(wires)
  const left = new Int32Array(slots)
  const order = new Int32Array(slots)
  let placed = 0
  for (let s = 0; s < slots; s++) {
    left[s] = (wires.first[s + 1] as number) - (wires.first[s] as number)
    if (left[s] === 0) order[placed++] = s
  }
  for (let done = 0; done < placed; done++) {
    const s = order[done] as number
    for (let e = first[s] as number; e < (first[s + 1] as number); e++) {
      const dependent = dependents[e] as number
      left[dependent] = (left[dependent] as number) - 1
      if (left[dependent] === 0) order[placed++] = dependent
    }
  }
  return placed === slots ? order : null
}
