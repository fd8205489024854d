import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import { afterOf, type BusinessDays } from '../jobs/index.ts'

/** Of what runs all the time its last runs decide nothing. */
const MOST_GATES = 300

/** The times from `from` until before `to` (epoch milliseconds) at which a schedule lets a job start; null: it has none. */
export const gatesOf = (
  schedule: JobSchedule,
  days: BusinessDays | null,
  from: number,
  to: number,
): number[] | null => {
  if (schedule.kind === 'waits' || schedule.kind === 'after') return null
  const after = afterOf(schedule, days)
  const found: number[] = []
  for (let at = after(from - 1); at !== null && at < to && found.length < MOST_GATES; at = after(at)) found.push(at)
  return found
}

/** Many jobs have one schedule: each is asked once. */
export const gatesBetween = (from: number, to: number, daysOf: (s: JobSchedule) => BusinessDays | null) => {
  const known = new Map<string, number[] | null>()
  return (schedule: JobSchedule): number[] | null => {
    const key = JSON.stringify(schedule)
    const found = known.get(key)
    if (found !== undefined) return found
    const made = gatesOf(schedule, daysOf(schedule), from, to)
    known.set(key, made)
    return made
  }
}
