import { createRate } from '../../platform/rate.ts'

/** So many guesses a minute are answered; a whole site whose jobs were deleted makes fewer. */
const GUESSES = 300
const MINUTE_MS = 60_000
const MOST_REMEMBERED = 200_000

/**
 * Slows who guesses: an address that asked for more than 300 unknown jobs or keys in a minute gets one look-up a second
 * until the minute is over. What was right before, from anywhere, is never held back: others at that address go on.
 * Names are ids of jobs and hashes of keys.
 */
export const createStrangers = (nowMs: () => number = () => performance.now()) => {
  const rate = createRate(nowMs)
  const right = new Set<string>()
  // The minute of an address begins with its first guess: on one that all shared, it would get twice as many about its turn.
  const guesses = new Map<string, { since: number; count: number }>()
  const guessesOf = (address: string): number => {
    const found = guesses.get(address)
    if (!found) return 0
    if (nowMs() - found.since < MINUTE_MS) return found.count
    guesses.delete(address)
    return 0
  }
  return {
    isSlowed(address: string, name: string): boolean {
      return guesses.size > 0 && guessesOf(address) >= GUESSES && !right.has(name) && rate(address) > 1
    },
    wrong(address: string) {
      const count = guessesOf(address) + 1
      if (count === 1 && guesses.size >= MOST_REMEMBERED) guesses.clear()
      guesses.set(address, { since: guesses.get(address)?.since ?? nowMs(), count })
    },
    right(name: string) {
      if (right.size >= MOST_REMEMBERED) right.clear()
      right.add(name)
    },
  }
}
