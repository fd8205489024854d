import { mean, quantile } from '../../../platform/robust.ts'
import type { DurationModel } from './durations.ts'
import { zAt } from './normal.ts'

/** How many equally likely times a table has. */
export const TABLE = 256

/** What a table of times is made of. Seconds. */
export type Spread = Pick<DurationModel, 'basis' | 'samples' | 'p50' | 'failing' | 'repairs'> & {
  /** It runs already, for so long. */
  elapsed: number
  /** It failed so long ago, and is to be started again; -1: it did not fail. */
  mending: number
  retries: number
  /** Its scheduler ends it after so long; Infinity: never. */
  killAfter: number
}

/** How much wider than what is known, in logarithms, times are drawn where little is known. */
const WIDENED: Record<DurationModel['basis'], number> = { class: 0, coarser: 0, few: 0.3, typical: 0.35, none: 1.2 }

const LEAST_TAIL = 0.02
const BEYOND = 0.1
/** Steps by this part of the whole come by all places evenly. */
const GOLDEN = 0.618

/**
 * How long a run takes in all from its start (its failure, for one that is to be started again) until it has succeeded, as equally likely times in ascending order: the runs
 * on record with what lies between them, a tail beyond the longest (one more run would exceed n by a chance of 1 in n+1),
 * and failures with what it took to start again. For one that runs already: given that it has taken so long. Infinity: it
 * fails, and nobody knows how long it takes to mend.
 */
export const timesTable = (spread: Spread): Float32Array => {
  if (spread.mending >= 0) return mendingTable(spread)
  const { samples, elapsed, killAfter, repairs } = spread
  const tail = tailOf(spread)
  const longest = samples[samples.length - 1] ?? 0
  const over = samples.length > 0 && elapsed >= longest
  const already = over || elapsed === 0 ? 0 : shareWithin(spread, tail, elapsed)
  const timeAt = (share: number): number => {
    if (over) return elapsed - Math.log(1 - share) * Math.max(tail, BEYOND * elapsed)
    return Math.max(elapsed, smoothed(spread, tail, already + (1 - already) * share))
  }
  const again = (share: number) => smoothed(spread, tail, share)
  const mended = (share: number) => (repairs.length > 0 ? quantile(repairs, share) : Number.POSITIVE_INFINITY)
  const failing = Math.round(TABLE * spread.failing)
  const table = new Float32Array(TABLE)
  for (let k = 0; k < TABLE; k++) {
    const share = (k + 0.5) / TABLE
    const own = timeAt(share)
    table[k] = own > killAfter ? killAfter + mended(share) + again(0.5) : own
  }
  // Which of the times fail is spread evenly over short and long ones.
  for (let f = 0; f < failing; f++) {
    const k = Math.floor(((f + 0.5) * TABLE) / failing)
    const share = (f + 0.5) / failing
    const forGood = share > 1 - spread.failing ** spread.retries
    const pause = forGood ? mended((f * GOLDEN) % 1) : 0
    table[k] = timeAt((k + 0.5) / TABLE) + pause + again(1 - share)
  }
  return failing > 0 || killAfter < Number.POSITIVE_INFINITY ? table.sort() : table
}

/** From the failure on: the pause, which is longer than what has gone by, and one more run. */
const mendingTable = (spread: Spread): Float32Array => {
  const tail = tailOf(spread)
  const longer = spread.repairs.filter((pause) => pause > spread.mending)
  const pause = (share: number) =>
    longer.length > 0 ? quantile(longer, share) : spread.mending * (1 - BEYOND * Math.log(1 - share))
  const times = Float32Array.from({ length: TABLE }, (_, k) => {
    const share = (k + 0.5) / TABLE
    return pause((k * GOLDEN) % 1) + smoothed(spread, tail, share)
  })
  return times.sort()
}

const tailOf = ({ samples, p50 }: Spread): number => {
  if (samples.length < 2) return p50 / 4
  const upper = quantile(samples, 0.75)
  const beyond = samples.subarray(Math.ceil((samples.length - 1) * 0.75))
  return Math.max(mean(beyond) - upper, LEAST_TAIL * p50)
}

const smoothed = (spread: Spread, tail: number, share: number): number => {
  const { samples, basis, p50 } = spread
  const n = samples.length
  const place = share * (n + 1) - 1
  const widened = WIDENED[basis] > 0 ? Math.exp(WIDENED[basis] * zAt(share)) : 1
  if (n === 0) return p50 * widened
  const longest = samples[n - 1] as number
  if (place >= n - 1) return (longest - Math.log((1 - share) * (n + 1)) * tail) * widened
  if (place <= 0) return (samples[0] as number) * widened
  const low = samples[Math.floor(place)] as number
  const high = samples[Math.floor(place) + 1] as number
  return (low + (high - low) * (place % 1)) * widened
}

/** Which share of runs takes at most so long. */
const shareWithin = (spread: Spread, tail: number, seconds: number): number => {
  let [low, high] = [0, 1]
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2
    if (smoothed(spread, tail, middle) <= seconds) low = middle
    else high = middle
  }
  return low
}
