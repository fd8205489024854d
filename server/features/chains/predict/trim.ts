import type { Circuit } from './circuit.ts'

/**
 * The part of a circuit that some slots depend on, with those who may take a resource from it. `slots`: which slot of the
 * whole each of the part is.
 */
export const trimmedTo = (circuit: Circuit, targets: readonly number[]): { circuit: Circuit; slots: Int32Array } => {
  const { first, operands, needs } = circuit
  const wanted = new Uint8Array(circuit.floor.length)
  const todo: number[] = []
  const want = (slot: number) => {
    if (wanted[slot]) return
    wanted[slot] = 1
    todo.push(slot)
  }
  const contended = new Set<number>()
  const follow = () => {
    for (let slot = todo.pop(); slot !== undefined; slot = todo.pop()) {
      for (let e = first[slot] as number; e < (first[slot + 1] as number); e++) want(operands[e] as number)
      for (const need of needs.get(slot) ?? []) contended.add(need.resource)
    }
  }
  targets.forEach(want)
  follow()
  for (let before = -1; before !== contended.size; ) {
    before = contended.size
    for (const [slot, own] of needs) if (own.some((need) => contended.has(need.resource))) want(slot)
    follow()
  }
  const slots = Int32Array.from(circuit.order ?? wanted.keys()).filter((slot) => wanted[slot])
  return { circuit: partOf(circuit, slots), slots }
}

/** Slots are numbered anew in their order: a slot’s operands come before it. */
const partOf = (circuit: Circuit, slots: Int32Array): Circuit => {
  const { first, operands } = circuit
  const place = new Int32Array(circuit.floor.length).fill(-1)
  slots.forEach((slot, k) => {
    place[slot] = k
  })
  const firstOf = new Int32Array(slots.length + 1)
  slots.forEach((slot, k) => {
    firstOf[k + 1] = (firstOf[k] as number) + (first[slot + 1] as number) - (first[slot] as number)
  })
  const own = new Int32Array(firstOf[slots.length] as number)
  let at = 0
  for (const slot of slots)
    for (let e = first[slot] as number; e < (first[slot + 1] as number); e++)
      own[at++] = place[operands[e] as number] as number
  const kept = <T>(map: ReadonlyMap<number, T>) =>
    new Map([...map].filter(([slot]) => (place[slot] as number) >= 0).map(([slot, v]) => [place[slot] as number, v]))
  return {
    ...circuit,
    first: firstOf,
    operands: own,
    earliest: Uint8Array.from(slots, (slot) => circuit.earliest[slot] as number),
    floor: Float64Array.from(slots, (slot) => circuit.floor[slot] as number),
    lasts: Float64Array.from(slots, (slot) => circuit.lasts[slot] as number),
    openings: kept(circuit.openings),
    needs: kept(circuit.needs),
    never: kept(circuit.never),
    running: new Set([...circuit.running].map((slot) => place[slot] as number).filter((slot) => slot >= 0)),
    order: circuit.order && Int32Array.from(slots.keys()),
  }
}
