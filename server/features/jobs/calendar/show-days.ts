import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import type { Instant } from '../../../platform/clock.ts'
import type { OpenRun } from '../job-state.ts'
import { KEPT_DAYS } from '../kept-days.ts'
import type { BusinessDays } from '../schedule/open-calendars.ts'
import type { DayCount } from './count-runs.ts'
import { type Day, expectedOn } from './days.ts'
import { verdictOf } from './verdict.ts'

const DAY_MS = 86_400_000

/** Of days that ended before it no runs are kept, in epoch milliseconds. */
export const keptSince = (now: Instant): number => now.epochMilliseconds - KEPT_DAYS * DAY_MS

export type CalendarJob = {
  schedule: JobSchedule
  graceMs: number
  createdAt: number
  /** Paused or archived: it is not expected. */
  resting: boolean
  open: readonly OpenRun[]
  /** When it was last expected and did not come: a job that was in trouble before takes no new turn. */
  missedAt: number | null
}

const nothing: DayCount = { runs: 0, failed: 0, lost: 0, misses: 0, noted: {}, more: false }

/** A day as the calendar shows it, with the times at which the job is expected on it. */
export const showDay = (
  job: CalendarJob,
  days: BusinessDays | null,
  day: Day,
  counted: DayCount | undefined,
  now: Instant,
) => {
  const ms = now.epochMilliseconds
  const isAhead = day.to > ms
  const plan = expectedOn(job.schedule, days, day)
  // What rests now may not have rested then; ahead it does.
  const times = job.resting && isAhead ? [] : plan.times
  const count = counted ?? nothing
  const running = job.open.filter((r) => within(day, r.due ?? r.at)).length
  const next = isAhead ? times.find((at) => at >= ms) : undefined
  // What was told late, or came after all, is no miss any more.
  const isComplete = times.length > 0 && !plan.more && !count.more && count.runs + running >= times.length
  const verdict = verdictOf({
    ...count,
    misses: isComplete ? 0 : Math.max(count.misses, job.missedAt !== null && within(day, job.missedAt) ? 1 : 0),
    running,
    expected: times.length,
    over: Math.max(day.to, (times.at(-1) ?? 0) + job.graceMs) <= ms,
    answerable: !job.resting && job.createdAt <= day.from && day.from >= keptSince(now),
  })
  return {
    times,
    shown: {
      date: day.date,
      verdict,
      runs: count.runs,
      failed: count.failed,
      running,
      noted: count.noted,
      more: count.more,
      expected: times.length,
      moreExpected: plan.more,
      next: next === undefined ? null : Temporal.Instant.fromEpochMilliseconds(next),
      holiday: plan.holiday,
      closed: plan.closed,
      certain: plan.certain,
    },
  }
}

const within = (day: Day, ms: number): boolean => day.from <= ms && ms < day.to
