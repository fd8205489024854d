import { wallOf } from '../../ui/wall.ts'

const MINUTE = 60_000
const STEP = 6 * 3_600_000

/** From `at` on the clocks of the zone are `by` minutes further than before (less than 0: put back). */
type ClockChange = { zone: string; at: number; by: number }

/** Minutes that the clocks of a zone are ahead of UTC. */
export const offsetAt = (at: number, zone: string): number => {
  const whole = Math.floor(at / MINUTE) * MINUTE
  return (Date.parse(`${wallOf(whole, zone)}Z`) - whole) / MINUTE
}

const edgeBetween = (from: number, to: number, zone: string): number => {
  const before = offsetAt(from, zone)
  let [low, high] = [from, to]
  while (high - low > MINUTE) {
    const middle = Math.floor((low + high) / 2 / MINUTE) * MINUTE
    if (offsetAt(middle, zone) === before) low = middle
    else high = middle
  }
  return high
}

/** When the clocks of a zone change after `from` and until `to` (whole minutes, in milliseconds). */
export const clockChanges = (zone: string, from: number, to: number): ClockChange[] => {
  const found: ClockChange[] = []
  const start = Math.floor(from / MINUTE) * MINUTE
  for (let at = start; at < to; at += STEP) {
    const next = Math.min(at + STEP, to)
    const by = offsetAt(next, zone) - offsetAt(at, zone)
    if (by !== 0) found.push({ zone, at: edgeBetween(at, next, zone), by })
  }
  return found
}
