/** Statistics that a few wild values do not move. All take values in ascending order. */
export type Sorted = Float64Array

export const sorted = (values: Iterable<number>): Sorted => Float64Array.from(values).sort()

/** Between the two nearest values, as R and NumPy have it; NaN of none. */
export const quantile = (values: Sorted, share: number): number => {
  const place = (values.length - 1) * share
  const below = Math.floor(place)
  const low = values[below] ?? Number.NaN
  const high = values[below + 1] ?? low
  return low + (high - low) * (place - below)
}

export const median = (values: Sorted): number => quantile(values, 0.5)

/** Makes the median absolute deviation comparable with a standard deviation. */
const AS_SIGMA = 1.4826
/** Below this, in logarithms, a spread counts as this: runs that take the same second each night would have none. */
const LEAST_SPREAD = 0.03

/** Middle and spread of the logarithms: a run of twice and one of half the time are equally far off. */
export const logSpread = (values: Sorted): { middle: number; spread: number } => {
  const logs = values.map((v) => Math.log(Math.max(v, MIN)))
  const middle = median(logs)
  const spread = AS_SIGMA * median(logs.map((l) => Math.abs(l - middle)).sort())
  return { middle, spread: Math.max(spread, LEAST_SPREAD) }
}

const MIN = 1e-3
