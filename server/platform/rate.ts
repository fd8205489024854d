/** Counts by the second: answers how often a key has come in this one. Each process counts for itself. */
export const createRate = (nowMs: () => number = () => performance.now()): ((key: string) => number) => {
  let second = 0
  let counts = new Map<string, number>()
  return (key) => {
    const now = Math.floor(nowMs() / 1000)
    if (now !== second) {
      second = now
      counts = new Map()
    }
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count
  }
}
