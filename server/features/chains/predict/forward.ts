import { type Circuit, metSlot, slotsInOrder } from './circuit.ts'
import type { DurationModel } from './durations.ts'
import { type Folded, foldNight } from './fold.ts'
import type { Graph } from './graph.ts'
import type { NightState } from './night.ts'
import type { Repairs } from './repairs.ts'
import { simulate } from './simulate.ts'
import { nextOpening } from './windows.ts'

/** When each slot begins and ends; Infinity: never. `order`: slots as they come, operands first. */
export type Times = { begin: Float64Array; end: Float64Array; order: Int32Array }

/** The times of a circuit. With circles or resources that are short, by playing the night through. */
export const forwardPass = (circuit: Circuit): Times =>
  circuit.order && circuit.needs.size === 0 ? passInOrder(circuit, circuit.order) : simulate(circuit)

const passInOrder = (circuit: Circuit, order: Int32Array): Times => {
  const { first, operands, earliest, floor, lasts, openings } = circuit
  const begin = new Float64Array(floor.length)
  const end = new Float64Array(floor.length)
  for (let k = 0; k < order.length; k++) {
    const s = order[k] as number
    const from = first[s] as number
    const to = first[s + 1] as number
    let time = floor[s] as number
    if (earliest[s]) {
      let soonest = Number.POSITIVE_INFINITY
      for (let e = from; e < to; e++) soonest = Math.min(soonest, end[operands[e] as number] as number)
      time = Math.max(time, soonest)
    } else for (let e = from; e < to; e++) time = Math.max(time, end[operands[e] as number] as number)
    if (openings.size > 0) time = opened(circuit, s, time)
    begin[s] = time
    end[s] = time + (lasts[s] as number)
  }
  return { begin, end, order }
}

const opened = ({ openings }: Circuit, slot: number, time: number): number => {
  const own = openings.get(slot)
  return own ? nextOpening(own, time) : time
}

export type Predicted = Folded & { times: Times }

const MOST_ROUNDS = 6

/**
 * The forward pass over a night. What a job waits for may hold by an earlier run, until that job begins its next: so the
 * times are found as if all of these held, then with those waited for that begin sooner than who waits, until it stays.
 * With `repairs` people start again what has failed, as draws have it; without, what waits for it is blocked.
 */
export const predictNight = (
  graph: Graph,
  state: NightState,
  models: readonly DurationModel[],
  repairs: Repairs | null = null,
): Predicted => {
  const folded = foldNight(graph, state, models, repairs)
  if (folded.soft.length === 0) return { ...folded, times: forwardPass(folded.circuit) }
  const { circuit: wired, soft } = folded
  const operands = wired.operands.slice()
  const position = new Int32Array(2 * graph.nodes.length)
  graph.order.forEach((item, k) => {
    position[item] = k
  })
  const beginSlot = (i: number) => (graph.nodes[i]?.waits.isBox ? graph.nodes.length + i : i)
  for (const { place } of soft) operands[place] = metSlot(graph.nodes.length)
  let circuit = ordered(wired, operands)
  let times = forwardPass(circuit)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let changed = false
    for (const { place, who, of } of soft) {
      if (operands[place] === of) continue
      const [own, other] = [times.begin[beginSlot(who)] as number, times.begin[beginSlot(of)] as number]
      const sooner = other < own || (other === own && (position[of] as number) < (position[who] as number))
      if (!sooner) continue
      operands[place] = of
      changed = true
    }
    if (!changed) break
    circuit = ordered(wired, operands)
    times = forwardPass(circuit)
  }
  return { ...folded, circuit, times }
}

const ordered = (circuit: Circuit, operands: Int32Array): Circuit => ({
  ...circuit,
  operands,
  order: slotsInOrder({ first: circuit.first, operands }),
})
