import type { Platform } from './platform.ts'

const REMEMBERED_MS = 3_000
const MOST_REMEMBERED = 100_000

/**
 * Look-ups whose answers are remembered for three seconds, so that a burst costs no look-up each. `isNothing` says of an
 * answer that it is not kept, where what was made just now must be found.
 */
export const remembering = <T>(
  { clock }: Pick<Platform, 'clock'>,
  lookUp: (key: string) => Promise<T>,
  isNothing: (found: T) => boolean = () => false,
) => {
  const known = new Map<string, { at: number; found: Promise<T> }>()
  const ask = (key: string): Promise<T> => {
    const before = known.get(key)
    const now = clock.ms()
    if (before && Math.abs(now - before.at) < REMEMBERED_MS) return before.found
    if (known.size >= MOST_REMEMBERED) known.clear()
    const found = lookUp(key)
    known.set(key, { at: now, found })
    found.then(
      (one) => isNothing(one) && known.delete(key),
      () => known.delete(key),
    )
    return found
  }
  return { ask, forget: (key: string) => void known.delete(key) }
}
