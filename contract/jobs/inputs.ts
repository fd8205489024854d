import { z } from 'zod'
import { environment, id, instantIn, line, pageQuery, text } from '../base.ts'
import { noFilters, pingFilters } from './filters.ts'
import { failuresInARow, graceSeconds, jobSchedule, maxRunSeconds, minGapSeconds, minRunSeconds } from './schedule.ts'
import { jobWaits } from './waits.ts'
import { jobRules, jobStatus, runVerdict } from './words.ts'

/** As in the address of a ping; several jobs of different teams may have the same. */
export const jobSlug = z
  .string()
  .regex(/^[a-z0-9_-]{1,100}$/, 'must be 1 to 100 of a-z, 0-9, - and _, such as overnight-settlement')
export const jobTag = z.string().regex(/^[^\s,]{1,50}$/, 'must be 1 to 50 characters without spaces and commas')

const fields = {
  name: line(120),
  slug: jobSlug,
  description: text(5_000).meta({ description: 'What it does, and what to do when it fails' }),
  serviceId: id.nullable(),
  environment,
  teamId: id.nullable().meta({ description: 'Who may change it' }),
  schedule: jobSchedule,
  graceSeconds,
  maxRunSeconds,
  minRunSeconds,
  minGapSeconds,
  failuresInARow,
  rules: jobRules,
  tags: z.array(jobTag).max(20, 'must be at most 20'),
  filters: pingFilters,
  tellUnusual: z.boolean().meta({
    description:
      'Somebody is told when a run ended well and took unusually long or short, or reports an unusual volume',
  }),
  waits: jobWaits.nullable().meta({ description: 'What it waits for beside its schedule; null: nothing' }),
  resumesByHand: z.boolean().meta({ description: 'While it is paused, its pings do not begin it anew' }),
  pingsPerSecond: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(100_000, 'must be at most 100,000')
    .meta({ description: 'More pings than that in a second are answered with 429' }),
}

export const createJobInput = z.object({
  ...fields,
  id: id.optional().meta({
    description: 'Its address for pings: to take over that of a check of healthchecks. By chance unless told',
  }),
  slug: fields.slug.optional().meta({ description: 'Out of the name, unless told' }),
  description: fields.description.default(''),
  serviceId: fields.serviceId.default(null),
  environment: fields.environment.default('prod'),
  teamId: fields.teamId.optional().meta({ description: 'The team that owns the service, unless told' }),
  graceSeconds: fields.graceSeconds.default(600),
  // What hangs is told within the hour; who knows that it may take longer, or for ever, says so.
  maxRunSeconds: fields.maxRunSeconds.default(3_600),
  minRunSeconds: fields.minRunSeconds.default(null),
  minGapSeconds: fields.minGapSeconds.default(null),
  failuresInARow: fields.failuresInARow.default(1),
  rules: fields.rules.default('own'),
  tags: fields.tags.default([]),
  filters: fields.filters.default(noFilters),
  tellUnusual: fields.tellUnusual.default(false),
  waits: fields.waits.default(null),
  resumesByHand: fields.resumesByHand.default(false),
  pingsPerSecond: fields.pingsPerSecond.default(50),
})
export const changeJobInput = z.object(fields).partial().extend({ id })
export const jobIdInput = z.object({ id })

export const expectLateInput = z.object({
  id,
  until: instantIn.meta({ description: 'Until then nobody is told that it did not come; at most a week ahead' }),
  reason: line(500),
})
export const holdRunInput = z.object({ id, reason: line(500) })
export const skipJobInput = z.object({ id, reason: line(500) })

export const previewScheduleInput = z.object({ schedule: jobSchedule })

export const jobViews = ['all', 'trouble', 'paused', 'archived'] as const
export const listJobsInput = pageQuery.extend({
  view: z.enum(jobViews, 'must be all, trouble, paused or archived').default('all').meta({
    description: 'trouble: missing, failed, running long, late or unknown',
  }),
  serviceId: id.optional(),
  teamId: id.optional(),
  environment: environment.optional(),
  state: jobStatus.optional(),
  tag: jobTag.optional(),
  host: line(253)
    .optional()
    .meta({ description: 'Whose last ping that named a host named this one; its domain and its port do not count' }),
  unusual: z.enum(['any', 'duration', 'volume'], 'must be any, duration or volume').optional().meta({
    description: 'In what its last run that ended well was unusual',
  }),
  q: line(100).optional().meta({ description: 'Part of the name' }),
})
export type ListJobsInput = z.output<typeof listJobsInput>

export const listRunsInput = pageQuery.extend({
  id,
  verdict: runVerdict.optional(),
  said: line(200).optional().meta({
    description: 'Runs with this in what is kept of their output, in capital or small letters; of the last 1,000 runs',
  }),
})
export const runInput = z.object({ id, runId: id })
