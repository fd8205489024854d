import { useSyncExternalStore } from 'react'

/** How high the rows of lists are: 30 px, or 26 for those who want to see more of them. */
export type Density = 'normal' | 'dense'

const key = 'watchfloor.density'
const listeners = new Set<() => void>()
const stored = (): Density =>
  typeof document !== 'undefined' && localStorage.getItem(key) === 'dense' ? 'dense' : 'normal'
let density = stored()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const rowHeight: Record<Density, number> = { normal: 30, dense: 26 }

/** The reader's choice, kept on this machine. */
export const useDensity = (): [density: Density, set: (density: Density) => void] => [
  useSyncExternalStore(subscribe, () => density),
  (next) => {
    density = next
    localStorage.setItem(key, next)
    for (const listener of listeners) listener()
  },
]
