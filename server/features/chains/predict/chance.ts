import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { type DrawInput, unpacked } from './draw-input.ts'
import { weightOf } from './evidence.ts'
import { equallyLikely, shareBelow } from './normal.ts'
import { TABLE, timesTable } from './quantiles.ts'

const BITS = 12
const likely = equallyLikely(1 << BITS)

const STEPS = 64
const REACH = 5
/** Which of a table's times stands at a place of the bell curve. */
const timeAtZ = Uint8Array.from({ length: 2 * REACH * STEPS }, (_, i) =>
  Math.min(TABLE - 1, Math.floor(shareBelow((i + 0.5) / STEPS - REACH) * TABLE)),
)

const WARM_UP = 12

const generator = (seed: number) => {
  const random = xoroshiro128plus(seed)
  for (let i = 0; i < WARM_UP; i++) random.next()
  return random
}

/**
 * How long jobs take in each draw. A job's place among its own times comes from the slowness of its causes in this draw
 * (the same for all who have them) and its own chance, so that its times keep their spread, and jobs of one host are slow
 * together, but only in part. The same seed gives the same times, whatever else is drawn.
 */
export const chances = (input: DrawInput) => {
  const { draws, together } = input
  const tables = new Map<number, Float32Array>()
  const causes = input.causes.map(({ mean, sd }, c) => {
    const random = generator(input.causeSeeds[c] as number)
    return Float32Array.from({ length: draws }, () => mean + sd * (likely[random.next() >>> (32 - BITS)] as number))
  })
  const tableOf = (d: number): Float32Array => {
    const known = tables.get(d)
    if (known) return known
    const made = timesTable(unpacked(input.spreads, d))
    tables.set(d, made)
    return made
  }
  const shared = new Float32Array(draws)

  /** Writes the seconds that the job drawn as the d-th takes, in each draw, or in the first so many. */
  return (d: number, into: Float32Array): void => {
    const most = into.length
    const table = tableOf(d)
    const random = generator(input.seeds[d] as number)
    const own = input.causesOf[d] ?? []
    if (own.length === 0) {
      for (let k = 0; k < most; k++) into[k] = table[random.next() >>> 24] as number
      return
    }
    shared.fill(0)
    for (const c of own) {
      const cause = causes[c] as Float32Array
      for (let k = 0; k < most; k++) shared[k] = (shared[k] as number) + (cause[k] as number)
    }
    const weight = weightOf(own.length, together) * STEPS
    const rest = Math.sqrt(1 - together) * STEPS
    const last = timeAtZ.length - 1
    for (let k = 0; k < most; k++) {
      const chance = likely[random.next() >>> (32 - BITS)] as number
      const z = (weight * (shared[k] as number) + rest * chance + REACH * STEPS) | 0
      into[k] = table[timeAtZ[z < 0 ? 0 : Math.min(z, last)] as number] as number
    }
  }
}
