import type { DayVerdict } from '../../../../contract/jobs/calendar.ts'
import { dayVerdicts } from '../../../../contract/jobs/calendar.ts'
import type { RunVerdict } from '../../../../contract/jobs/words.ts'

/** What is known of a job on a day. */
export type DayFacts = {
  runs: number
  failed: number
  lost: number
  running: number
  /** How often it was told that it did not come, or takes too long. */
  misses: number
  noted: Partial<Record<RunVerdict, number>>
  expected: number
  /** The day is over, with the grace of what was expected last. */
  over: boolean
  /** The job was there and was not paused, and its runs of then are still kept. */
  answerable: boolean
}

const standsFor: Partial<Record<RunVerdict, DayVerdict>> = {
  late: 'late',
  long: 'long',
  short: 'short',
  tolerated: 'tolerated',
  often: 'often',
  overlapping: 'overlapping',
  unusual_duration: 'unusual',
  unusual_volume: 'unusual',
}

/** The worst of a day. */
export const verdictOf = (f: DayFacts): DayVerdict => {
  const found = new Set<DayVerdict>(f.failed > 0 ? ['failed'] : [])
  if (f.misses > 0) found.add('missing')
  if (f.lost > 0) found.add('lost')
  for (const [verdict, count] of Object.entries(f.noted)) {
    const day = standsFor[verdict as RunVerdict]
    if (day && count > 0) found.add(day)
  }
  if (f.running > 0) found.add('running')
  if (f.runs > 0) found.add('ok')
  if (found.size === 0 && f.expected > 0) return f.over ? (f.answerable ? 'nothing' : 'free') : 'planned'
  return dayVerdicts.find((verdict) => found.has(verdict)) ?? 'free'
}
