import { chances } from './chance.ts'
import { type Circuit, dependentsOf } from './circuit.ts'
import type { DrawInput } from './draw-input.ts'
import { simulate } from './simulate.ts'
import { nextOpening } from './windows.ts'

/** Ends of slots, each in every draw: seconds from now on. */
export type Rows = { draws: number; ends: Float32Array }

export const rowOf = ({ draws, ends }: Rows, slot: number): Float32Array =>
  ends.subarray(slot * draws, (slot + 1) * draws)

/** What it takes to draw a night, and to draw it again as if a job had ended now. */
export type Drawing = {
  rows: Rows
  /** Ends of the target as if `slot` had ended now, in the first DRAWN_AGAIN draws. */
  withEnded(slot: number, target: number): Float32Array
}

/** Looked at now and then: true ends the drawing, which then is null. */
export type Stopped = () => boolean

/** So many draws are enough to tell which of a few jobs matters most. */
const DRAWN_AGAIN = 400

const LOOK_EACH_SLOTS = 256

export const drawNight = (input: DrawInput, stopped: Stopped): Drawing | null =>
  input.circuit.order && input.circuit.needs.size === 0 ? drawInOrder(input, stopped) : drawByPlaying(input, stopped)

const drawInOrder = (input: DrawInput, stopped: Stopped): Drawing | null => {
  const { draws, circuit } = input
  const slots = circuit.floor.length
  const rows: Rows = { draws, ends: new Float32Array(slots * draws) }
  const most = Math.min(draws, DRAWN_AGAIN)
  // Kept for when it is drawn again: to find them takes longer than all else.
  const kept = new Float32Array(input.drawn.length * most)
  const take = chances(input)
  const drawnAs = new Map(Array.from(input.drawn, (slot, d) => [slot, d]))
  const pass = passOver(input.circuit, input.now, drawnAs, draws, (d, into) => {
    take(d, into)
    kept.set(into.subarray(0, most), d * most)
  })
  for (let s = 0; s < slots; s++) {
    if (s % LOOK_EACH_SLOTS === 0 && stopped()) return null
    pass(s, (operand) => rowOf(rows, operand), rowOf(rows, s))
  }
  const dependents = dependentsOf(circuit)
  return {
    rows,
    withEnded(slot, target) {
      const changed = new Map<number, Float32Array>([[slot, new Float32Array(most)]])
      const reaches = downstream(slot, dependents)
      const again = passOver(input.circuit, input.now, drawnAs, most, (d, into) =>
        into.set(kept.subarray(d * most, (d + 1) * most)),
      )
      for (let s = slot + 1; s <= target; s++) {
        if (!reaches[s]) continue
        const row = new Float32Array(most)
        again(s, (operand) => changed.get(operand) ?? rowOf(rows, operand), row)
        changed.set(s, row)
      }
      return (changed.get(target) ?? rowOf(rows, target)).subarray(0, most)
    },
  }
}

const downstream = (slot: number, { first, dependents }: ReturnType<typeof dependentsOf>): Uint8Array => {
  const reached = new Uint8Array(first.length)
  const todo = [slot]
  for (let s = todo.pop(); s !== undefined; s = todo.pop())
    for (let e = first[s] as number; e < (first[s + 1] as number); e++) {
      const dependent = dependents[e] as number
      if (reached[dependent]) continue
      reached[dependent] = 1
      todo.push(dependent)
    }
  return reached
}

/** One slot in all draws: slots are numbered so that operands come first. */
const passOver = (
  circuit: Circuit,
  now: number,
  drawnAs: ReadonlyMap<number, number>,
  draws: number,
  take: (d: number, into: Float32Array) => void,
) => {
  const { first, operands, earliest, floor, lasts, openings } = circuit
  const seconds = new Float32Array(draws)
  return (s: number, endsOf: (slot: number) => Float32Array, row: Float32Array): void => {
    const [from, to] = [first[s] as number, first[s + 1] as number]
    row.fill(earliest[s] ? Number.POSITIVE_INFINITY : ((floor[s] as number) - now) / 1000)
    for (let e = from; e < to; e++) {
      const ends = endsOf(operands[e] as number)
      if (earliest[s]) {
        for (let k = 0; k < draws; k++) if ((ends[k] as number) < (row[k] as number)) row[k] = ends[k] as number
      } else for (let k = 0; k < draws; k++) if ((ends[k] as number) > (row[k] as number)) row[k] = ends[k] as number
    }
    const open = openings.get(s)
    if (open) for (let k = 0; k < draws; k++) row[k] = (nextOpening(open, now + 1000 * (row[k] as number)) - now) / 1000
    const d = drawnAs.get(s)
    if (d === undefined) {
      const same = (lasts[s] as number) / 1000
      if (same > 0) for (let k = 0; k < draws; k++) row[k] = (row[k] as number) + same
      return
    }
    take(d, seconds)
    for (let k = 0; k < draws; k++) row[k] = (row[k] as number) + (seconds[k] as number)
  }
}

/** Each draw played through by itself: slower, for nights with resources that are short, or circles. */
const drawByPlaying = (input: DrawInput, stopped: Stopped): Drawing | null => {
  const { draws, circuit, now, drawn } = input
  const slots = circuit.floor.length
  const take = chances(input)
  const times = Array.from(drawn, (_, d) => {
    const seconds = new Float32Array(draws)
    take(d, seconds)
    return seconds
  })
  const lastsIn = (k: number): Float64Array => {
    const lasts = circuit.lasts.slice()
    drawn.forEach((slot, d) => {
      lasts[slot] = (times[d]?.[k] as number) * 1000
    })
    return lasts
  }
  const rows: Rows = { draws, ends: new Float32Array(slots * draws) }
  for (let k = 0; k < draws; k++) {
    if (stopped()) return null
    const { end } = simulate({ ...circuit, lasts: lastsIn(k) })
    for (let s = 0; s < slots; s++) rows.ends[s * draws + k] = ((end[s] as number) - now) / 1000
  }
  return {
    rows,
    withEnded(slot, target) {
      const most = Math.min(draws, DRAWN_AGAIN)
      const floor = circuit.floor.slice()
      floor[slot] = Math.min(now, floor[slot] as number)
      const first = withoutOperands(circuit.first, circuit.operands, slot)
      return Float32Array.from({ length: most }, (_, k) => {
        const lasts = lastsIn(k)
        lasts[slot] = now - (floor[slot] as number)
        return ((simulate({ ...circuit, ...first, floor, lasts }).end[target] as number) - now) / 1000
      })
    },
  }
}

const withoutOperands = (first: Int32Array, operands: Int32Array, slot: number) => {
  const [from, to] = [first[slot] as number, first[slot + 1] as number]
  return {
    first: first.map((at, s) => (s > slot ? at - (to - from) : at)),
    operands: Int32Array.from([...operands.subarray(0, from), ...operands.subarray(to)]),
  }
}
