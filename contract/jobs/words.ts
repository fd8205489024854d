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

export const pingKinds = ['start', 'success', 'fail', 'log', 'lost', 'ignored'] as const
export const pingKind = z.enum(pingKinds)
export type PingKind = (typeof pingKinds)[number]

/** What is to be said of a run that has ended. */
export const runVerdicts = [
  'late',
  'long',
  'short',
  'failed',
  'tolerated',
  'often',
  'overlapping',
  'unusual_duration',
  'unusual_volume',
] as const
export const runVerdict = z.enum(runVerdicts).meta({
  description:
    'late: it began after its grace; long: it took longer than it may; short: it ended too soon to have done its work; tolerated: it failed, and somebody is told only after more failures in a row; often: it began too soon after the run before; overlapping: another run was going on when it began; unusual_duration, unusual_volume: it ended well, and was not as on other days of its kind',
})
export type RunVerdict = (typeof runVerdicts)[number]

/** After whose rules a job is late, running long or failed. */
export const jobRules = z.enum(['own', 'healthchecks'], 'must be own or healthchecks').meta({
  description:
    'own: grace and longest run are two things, and each run has a clock of its own. healthchecks: to the letter of its ping API, where the grace is also how long a run may take, and one run counts at a time',
})
export type JobRules = z.output<typeof jobRules>

/** When a business date begins where nobody says otherwise: the evening's jobs belong to the date on which the evening began. */
export const businessCut = '17:00'

/** How much of what a job prints is kept: its last bytes. */
export const keptOutputBytes = 100_000
