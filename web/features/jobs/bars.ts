import type { RunBar } from './data.ts'
import { outcomeWords, tookWords } from './words.ts'

const LEAST = 14

/** How high each run stands, in percent of the longest; runs without a known duration are as high as half of it. */
export const heightsOf = (bars: readonly Pick<RunBar, 'ms'>[]): number[] => {
  const longest = Math.max(0, ...bars.map(({ ms }) => ms ?? 0))
  return bars.map(({ ms }) => {
    if (longest === 0) return 60
    if (ms === null) return 50
    return LEAST + Math.round(((100 - LEAST) * ms) / longest)
  })
}

/** Where the band of what is usual lies among them, in percent of their room; undefined: above all of it. */
export const bandOf = (values: readonly (number | null)[], { low, high }: { low: number; high: number }) => {
  const longest = Math.max(0, ...values.map((v) => v ?? 0))
  const at = (value: number) => LEAST + ((100 - LEAST) * Math.min(value, longest)) / longest
  return longest === 0 || low > longest ? undefined : { low: at(low), high: at(high) }
}

/** 'usually 1 h 32, at most 3 h 10': of the runs that ended well; nothing is usual of fewer than three. */
export const usualWords = (bars: readonly Pick<RunBar, 'outcome' | 'ms'>[]): string | undefined => {
  const took = bars.flatMap(({ outcome, ms }) => (outcome === 'success' && ms !== null ? [ms] : []))
  if (took.length < 3) return undefined
  const sorted = took.toSorted((a, b) => a - b)
  return `usually ${tookWords(sorted[Math.floor(sorted.length / 2)] ?? 0)}, at most ${tookWords(sorted.at(-1) ?? 0)}`
}

/** Late runs are told apart from those that came on time, however they ended. */
export const LATE_MS = 60_000

/** 'ended well 18, failed 2 of 20 runs; 3 late; the last failed': what a reader who does not see the bars is told. */
export const summaryOf = (bars: readonly Pick<RunBar, 'outcome' | 'lateMs'>[]): string => {
  const last = bars.at(-1)
  if (!last) return 'no runs yet'
  const counts = (['success', 'fail', 'lost', 'running'] as const)
    .map((outcome) => ({ outcome, count: bars.filter((bar) => bar.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${outcomeWords[outcome]} ${count}`)
  const late = bars.filter(({ lateMs }) => (lateMs ?? 0) >= LATE_MS).length
  return `${counts.join(', ')} of ${bars.length} ${bars.length === 1 ? 'run' : 'runs'}${late > 0 ? `; ${late} late` : ''}; the last ${outcomeWords[last.outcome]}`
}
