/** The bell curve as tables: looked up five million times for a thousand draws of five thousand jobs. */

const REACH = 5
const STEPS_PER_UNIT = 1_000

/** Shares below z, at each thousandth from -5 to 5: the density summed up. */
const below = (() => {
  const shares = new Float64Array(2 * REACH * STEPS_PER_UNIT + 1)
  let sum = 0
  for (let i = 0; i < shares.length; i++) {
    const z = i / STEPS_PER_UNIT - REACH
    sum += Math.exp(-(z * z) / 2)
    shares[i] = sum
  }
  return shares.map((share) => share / sum)
})()

/** Which share of a bell curve lies below z. */
export const shareBelow = (z: number): number =>
  below[Math.max(0, Math.min(below.length - 1, Math.round((z + REACH) * STEPS_PER_UNIT)))] as number

/** Where a share of a bell curve lies below. */
export const zAt = (share: number): number => {
  let low = 0
  let high = below.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((below[middle] as number) < share) low = middle + 1
    else high = middle
  }
  return low / STEPS_PER_UNIT - REACH
}

/** Values of equal chance: one of these taken by chance is as good as one of the curve. */
export const equallyLikely = (count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => zAt((i + 0.5) / count))
