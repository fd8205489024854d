import type { chartRanges } from '../../../contract/monitors/inputs.ts'

export type ChartRange = (typeof chartRanges)[number]

const HOUR = 3600
export const chartSeconds: Record<ChartRange, number> = {
  '1h': HOUR,
  '24h': 24 * HOUR,
  '7d': 168 * HOUR,
  '90d': 90 * 24 * HOUR,
}

/** More cannot be told apart on a screen. */
export const MOST_POINTS = 400

/** Lengths at which readers need not think, in seconds. */
const plain = [10, 15, 20, 30, 60, 120, 300, 600, 900, 1800, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, 24 * HOUR]

/**
 * The length of a bucket: short enough to show a spike, never shorter than the interval (or buckets would be empty in
 * turn), and at most 400 in the range. From a week on they are whole hours, which are kept rolled up.
 */
export const bucketSeconds = (range: ChartRange, intervalSeconds: number): number => {
  // One more than fit, because the first and the last are cut.
  const least = Math.max(
    intervalSeconds,
    chartSeconds[range] / (MOST_POINTS - 1),
    chartSeconds[range] > 24 * HOUR ? HOUR : 0,
  )
  return plain.find((length) => length >= least) ?? 24 * HOUR
}
