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
  let minute = 0
  let guesses = new Map<string, number>()
  const turn = () => {
    const now = Math.floor(nowMs() / MINUTE_MS)
    if (now === minute) return
    minute = now
    guesses = new Map()
  }
  return {
    isSlowed(address: string, name: string): boolean {
      if (guesses.size === 0) return false
      turn()
      return (guesses.get(address) ?? 0) >= GUESSES && !right.has(name) && rate(address) > 1
    },
    wrong(address: string) {
      turn()
      guesses.set(address, (guesses.get(address) ?? 0) + 1)
    },
    right(name: string) {
      if (right.size >= MOST_REMEMBERED) right.clear()
      right.add(name)
    },
  }
}
