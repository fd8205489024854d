import { z } from 'zod'

/** The words of chains, as code, API and pages use them. */

/** A deadline on one business date, what needs somebody first. */
export const nightStates = [
  'late',
  'blocked',
  'predicted_late',
  'at_risk',
  'unknown',
  'no_statistics',
  'on_time',
  'planned',
  'done_late',
  'done',
] as const
export const nightState = z.enum(nightStates).meta({
  description:
    'late: it is past, and the job is not done; blocked: it does not end unless somebody acts; predicted_late: missed with odds over its limit, which is a half unless told; at_risk: with odds of a fifth or more; unknown: it passed while Watchfloor was not running; no_statistics: nobody knows how long its jobs take; planned: its night has not begun; done_late: done, and after its time',
})
export type NightState = (typeof nightStates)[number]

/** From which state on somebody is told. */
export const tellFroms = ['at_risk', 'predicted_late', 'late'] as const
export const tellFrom = z
  .enum(tellFroms, 'must be at_risk, predicted_late or late')
  .meta({ description: 'From which state on an alert is raised; blocked counts as predicted late' })
export type TellFrom = (typeof tellFroms)[number]

/** Where a job stands on a business date. */
export const jobPhases = [
  'running',
  'failed',
  'blocked',
  'held',
  'retries',
  'mending',
  'waits',
  'done',
  'iced',
  'not_tonight',
] as const
export const jobPhase = z.enum(jobPhases).meta({
  description:
    'retries: it failed, and its scheduler starts it again; mending: it failed, and people started it again on other nights; not_tonight: nothing starts it on this date',
})
export type JobPhase = (typeof jobPhases)[number]

export const findingKinds = [
  'circle',
  'dangling',
  'contradiction',
  'latch',
  'assumed',
  'outside_history',
  'no_statistics',
  'calendar',
  'clock',
  'collides',
  'incident',
  'host',
  'no_end',
  'moved',
] as const
export const findingKind = z.enum(findingKinds).meta({
  description:
    'circle: jobs wait for each other; dangling: a job is named that nobody knows; contradiction: a condition asks for what is never so; latch: a success of the night before may start it; assumed: a variable or a file is taken to be as wanted; outside_history: it runs longer than ever before; calendar: the date is a special one; clock: the clock changes; collides: a change or a maintenance; incident: one is open on what its jobs use; host: an alert is open on a host on which they run; no_end: it does not end as things are, and did a week before; moved: unlike the same night a week before',
})
