/** Milliseconds of a slot: the grain in which looks begin. */
export const SLOT = 100

/**
 * A timer wheel: things that are due sit in slots of 100 ms, and a small heap knows the earliest slot that is taken. So
 * 100,000 monitors cost a set operation for each look, and nothing at all between two slots. It knows no clock: times
 * are milliseconds since 1970, and whoever drives it asks.
 */
export type Wheel<T> = {
  /** Makes `item` due at `at` (rounded up to a slot); what it was due before is forgotten. */
  put(item: T, at: number): void
  remove(item: T): void
  /** When the next is due, or null. */
  next(): number | null
  /** Takes out all that are due at `now`, the earliest first, with the time each was due. */
  take(now: number): { item: T; due: number }[]
  size(): number
}

export const createWheel = <T>(): Wheel<T> => {
  const slots = new Map<number, Set<T>>()
  const slotOf = new Map<T, number>()
  const heap = createHeap()

  const remove = (item: T) => {
    const slot = slotOf.get(item)
    if (slot === undefined) return
    slotOf.delete(item)
    const items = slots.get(slot)
    items?.delete(item)
    if (items?.size === 0) slots.delete(slot)
  }

  // A slot that was emptied by `remove` stays in the heap until it comes to the top.
  const earliest = (): number | null => {
    for (let slot = heap.top(); slot !== null; slot = heap.top()) {
      if (slots.has(slot)) return slot
      heap.pop()
    }
    return null
  }

  return {
    put(item, at) {
      remove(item)
      const slot = Math.ceil(at / SLOT)
      const items = slots.get(slot)
      if (items) items.add(item)
      else {
        slots.set(slot, new Set([item]))
        heap.push(slot)
      }
      slotOf.set(item, slot)
    },
    remove,
    next() {
      const slot = earliest()
      return slot === null ? null : slot * SLOT
    },
    take(now) {
      const taken: { item: T; due: number }[] = []
      for (let slot = earliest(); slot !== null && slot * SLOT <= now; slot = earliest()) {
        const due = slot * SLOT
        for (const item of slots.get(slot) ?? []) {
          slotOf.delete(item)
          taken.push({ item, due })
        }
        slots.delete(slot)
        heap.pop()
      }
      return taken
    },
    size: () => slotOf.size,
  }
}

/** A binary heap of numbers, the smallest on top. */
const createHeap = () => {
  const all: number[] = []
  const at = (i: number) => all[i] as number
  const swap = (a: number, b: number) => {
    const kept = at(a)
    all[a] = at(b)
    all[b] = kept
  }
  return {
    top: (): number | null => all[0] ?? null,
    push(value: number) {
      all.push(value)
      for (let i = all.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1
        if (at(parent) <= at(i)) return
        swap(parent, i)
        i = parent
      }
    },
    pop() {
      const last = all.pop()
      if (all.length === 0 || last === undefined) return
      all[0] = last
      for (let i = 0; ; ) {
        const left = 2 * i + 1
        if (left >= all.length) return
        const child = left + 1 < all.length && at(left + 1) < at(left) ? left + 1 : left
        if (at(i) <= at(child)) return
        swap(i, child)
        i = child
      }
    },
  }
}
