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

export const mean = (values: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] as number
  return sum / values.length
}

export const deviation = (values: ArrayLike<number>): number => {
  if (values.length < 2) return 0
  const middle = mean(values)
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += ((values[i] as number) - middle) ** 2
  return Math.sqrt(sum / (values.length - 1))
}

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

/** How many spreads a value is from the middle. */
export const distance = (value: number, { middle, spread }: { middle: number; spread: number }): number =>
  (Math.log(Math.max(value, MIN)) - middle) / spread
