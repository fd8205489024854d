import { z } from 'zod'

/** The words of jobs, as code, API and pages use them. */

/** As a page shows it, what needs somebody first. */
export const jobStatuses = [
  'missing',
  'failed',
  'running_long',
  'late',
  'unknown',
  'running',
  'ok',
  'new',
  'paused',
] as const
export const jobStatus = z.enum(jobStatuses).meta({
  description:
    'missing: it did not come within its grace; late: it is due, and its grace is not over; running_long: a run takes longer than it may; unknown: it was due while Watchfloor itself was not running; new: it was never heard of',
})
export type JobStatus = (typeof jobStatuses)[number]

/** How a run ended. lost: its end was never told. */
export const runOutcomes = ['running', 'success', 'fail', 'lost'] as const
export const runOutcome = z.enum(runOutcomes)
export type RunOutcome = (typeof runOutcomes)[number]

export const pingKinds = ['start', 'success', 'fail', 'log', 'lost'] as const
export const pingKind = z.enum(pingKinds)
export type PingKind = (typeof pingKinds)[number]

/** How much of what a job prints is kept: its last bytes. */
export const keptOutputBytes = 100_000
