/**
 * Counts the requests of each key by the second. Answers null while a key may go on, else the seconds after which it
 * may. Each process counts for itself.
 */
export const createLimiter = (nowMs: () => number = () => performance.now()) => {
  let second = 0
  let counts = new Map<string, number>()
  return (keyId: string, perSecond: number): number | null => {
    const now = Math.floor(nowMs() / 1000)
    if (now !== second) {
      second = now
      counts = new Map()
    }
    const count = (counts.get(keyId) ?? 0) + 1
    counts.set(keyId, count)
    return count > perSecond ? 1 : null
  }
}
