import { type Circuit, metSlot } from './circuit.ts'
import type { Blocked } from './evaluate.ts'
import type { SoftOperand } from './fold.ts'
import type { Term } from './terms.ts'
import type { Openings } from './windows.ts'

/** The same job named twice in a condition is waited for once; among very many it does no harm to wait twice. */
const FEW = 20

type Slot = { floor: number; lasts: number; term?: Term; who?: number; open?: Openings | null }

/** Lays the wires of a circuit: slots in any order, parts of conditions as slots of their own. */
export const wiring = (nodes: number) => {
  const met = metSlot(nodes)
  const floor: number[] = new Array(met + 1).fill(Number.NEGATIVE_INFINITY)
  const lasts: number[] = new Array(met + 1).fill(0)
  const earliest: number[] = new Array(met + 1).fill(0)
  const operandsOf: (number[] | undefined)[] = new Array(met + 1).fill(undefined)
  const openings = new Map<number, Openings>()
  const never = new Map<number, Blocked>()
  const needed = new Map<number, readonly { name: string; units: number }[]>()
  const running = new Set<number>()
  const softs: { slot: number; at: number; who: number; of: number }[] = []

  /** The slots that stand for a part of a condition, put into the operands of `slot`. */
  const connect = (slot: number, term: Term, who: number): void => {
    const operands = operandsOf[slot] ?? []
    operandsOf[slot] = operands
    const parts = term.is === (earliest[slot] ? 'any' : 'all') ? (term as { of: Term[] }).of : [term]
    for (const part of parts) {
      if (part.is === 'met') {
        if (part.slot >= 0) operands.push(part.slot)
      } else if (part.is === 'at') {
        if (part.soft) softs.push({ slot, at: operands.length, who, of: part.slot })
        else if (operands.length < FEW && operands.includes(part.slot)) continue
        operands.push(part.slot)
      } else if (part.is !== 'never') {
        const own = floor.push(Number.NEGATIVE_INFINITY) - 1
        lasts.push(0)
        earliest.push(part.is === 'any' ? 1 : 0)
        operandsOf.push(undefined)
        operands.push(own)
        connect(own, part, who)
      }
    }
  }

  return {
    put(slot: number, { floor: from, lasts: time, term, who, open }: Slot) {
      floor[slot] = from
      lasts[slot] = time
      if (open) openings.set(slot, open)
      if (term) connect(slot, term, who ?? slot)
    },
    never(slot: number, because: Blocked) {
      floor[slot] = Number.POSITIVE_INFINITY
      never.set(slot, because)
    },
    runs(slot: number) {
      running.add(slot)
    },
    need(slot: number, resources: readonly { name: string; units: number }[]) {
      needed.set(slot, resources)
    },
    done(units: ReadonlyMap<string, number>): Omit<Circuit, 'order'> & { soft: SoftOperand[] } {
      const slots = floor.length
      const first = new Int32Array(slots + 1)
      for (let s = 0; s < slots; s++) first[s + 1] = (first[s] as number) + (operandsOf[s]?.length ?? 0)
      const operands = new Int32Array(first[slots] as number)
      for (let s = 0; s < slots; s++) {
        const own = operandsOf[s]
        if (own) for (let k = 0; k < own.length; k++) operands[(first[s] as number) + k] = own[k] as number
      }
      const places = new Map([...units.keys()].map((name, place) => [name, place]))
      const needs = new Map(
        [...needed].map(([slot, resources]) => [
          slot,
          resources.map(({ name, units: wanted }) => ({ resource: places.get(name) as number, units: wanted })),
        ]),
      )
      return {
        nodes,
        first,
        operands,
        earliest: Uint8Array.from(earliest),
        floor: Float64Array.from(floor),
        lasts: Float64Array.from(lasts),
        openings,
        needs,
        units: Float64Array.from(units.values()),
        never,
        running,
        soft: softs.map(({ slot, at, who, of }) => ({ place: (first[slot] as number) + at, who, of })),
      }
    },
  }
}
