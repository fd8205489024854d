import { distance, logSpread, quantile, type Sorted } from './robust.ts'

/** What a run’s duration, or how many rows it wrote, is beside those of the same class of days. */
export type RunVerdict = {
  verdict: 'usual' | 'high' | 'low' | 'unknown'
  /** What is usual, and between which values nothing is said. Null: there are too few to say. */
  usual: number | null
  from: number | null
  to: number | null
}

export type JudgeOptions = {
  /** Fewer than so many do not say what is usual. */
  least: number
  /** So many robust spreads of the logarithms from the middle are unusual. */
  spreads: number
  /** What differs by less than this is not told, however even the others are: seconds, or rows. */
  floor: number
}

export const usualJudging: JudgeOptions = { least: 8, spreads: 4, floor: 60 }

/** `samples`: of earlier runs of such days. Zero is low among positive values, and usual among zeros. */
export const judgeRun = (value: number, samples: Sorted, options: JudgeOptions = usualJudging): RunVerdict => {
  if (samples.length < options.least) return { verdict: 'unknown', usual: null, from: null, to: null }
  const usual = quantile(samples, 0.5)
  const spread = logSpread(samples)
  const reach = options.spreads * spread.spread
  const from = Math.max(0, Math.min(usual - options.floor, Math.exp(spread.middle - reach)))
  const to = Math.max(usual + options.floor, Math.exp(spread.middle + reach))
  const far = Math.abs(distance(value, spread)) > options.spreads && Math.abs(value - usual) > options.floor
  const verdict = !far ? 'usual' : value > usual ? 'high' : 'low'
  return { verdict, usual, from, to }
}
