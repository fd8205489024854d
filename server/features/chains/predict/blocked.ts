import type { Circuit } from './circuit.ts'
import type { Blocked } from './evaluate.ts'
import type { Times } from './forward.ts'

/**
 * Why a slot never ends on this date, null if it does. `known`: what was found for others of the same night: thousands that
 * wait for one another are walked through once, and not once for each.
 */
export const blockedBy = (
  circuit: Circuit,
  times: Times,
  slot: number,
  known: Map<number, Blocked> = new Map(),
): Blocked | null => {
  if (times.end[slot] !== Number.POSITIVE_INFINITY) return null
  const seen = new Set<number>()
  const found = walk(circuit, times, slot, known, seen)
  for (const one of seen) known.set(one, found)
  return found
}

const walk = (
  circuit: Circuit,
  { end }: Times,
  slot: number,
  known: ReadonlyMap<number, Blocked>,
  seen: Set<number>,
): Blocked => {
  const place = (s: number) => s % circuit.nodes
  for (let s = slot; ; ) {
    const because = circuit.never.get(s) ?? known.get(s)
    if (because) return because
    seen.add(s)
    const operands = circuit.operands.subarray(circuit.first[s], circuit.first[s + 1])
    const late = operands.filter((one) => end[one] === Number.POSITIVE_INFINITY)
    const waits = circuit.earliest[s] ? late.length === operands.length : late.length > 0
    if (!waits) return { why: circuit.openings.has(s) && !circuit.needs.has(s) ? 'window' : 'resource', by: place(s) }
    const next = late.find((one) => !seen.has(one))
    if (next === undefined) return { why: 'circle', by: place(s < 2 * circuit.nodes ? s : slot) }
    s = next
  }
}
