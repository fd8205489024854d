import { z } from 'zod'
import { id, instant, named, wallTime, zone } from '../base.ts'
import { listJobsInput } from './inputs.ts'
import { run } from './shapes.ts'
import { businessCut, jobStatus, runVerdict } from './words.ts'

const month = z.string().regex(/^2[01]\d\d-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-11')
const date = z.string().regex(/^2[01]\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a date such as 2026-11-23')
const days = {
  cut: z
    .union([z.literal('business'), wallTime], 'must be business or a time of day such as 17:00')
    .default('00:00')
    .meta({
      description: `When a day begins, by the clock of the job: a time, or business for business dates, where the night belongs to the evening before it (from ${businessCut}, or what is set for its zone)`,
    }),
  zone: zone.default('UTC').meta({ description: 'Of jobs that have no zone of their own' }),
}

/** Jobs are read with a month of their runs: fewer at once than in a list. */
export const mostInCalendar = 40

export const jobCalendarInput = listJobsInput.extend({
  month,
  ...days,
  jobId: id.optional().meta({ description: 'This job alone' }),
  limit: z.coerce.number().int().min(1).max(mostInCalendar, `must be at most ${mostInCalendar}`).default(30),
})
export type JobCalendarInput = z.output<typeof jobCalendarInput>

export const jobDayInput = z.object({ id, date, ...days })

/** The worst of a day, the worst first. */
export const dayVerdicts = [
  'failed',
  'missing',
  'lost',
  'long',
  'short',
  'late',
  'often',
  'overlapping',
  'tolerated',
  'unusual',
  'running',
  'nothing',
  'ok',
  'planned',
  'free',
] as const
export const dayVerdict = z.enum(dayVerdicts).meta({
  description:
    'missing: it did not come, or took too long, and somebody was told; lost: the end of a run was never told; nothing: by its schedule as it is now it was expected, and nothing is known of it; planned: it is expected; free: neither',
})
export type DayVerdict = (typeof dayVerdicts)[number]

export const jobDayCounts = z.object({
  date: z.string(),
  verdict: dayVerdict,
  runs: z.number().meta({ description: 'That ended' }),
  failed: z.number(),
  running: z.number(),
  noted: z.partialRecord(runVerdict, z.number()).meta({ description: 'Runs of each verdict but failed' }),
  more: z.boolean().meta({ description: 'It ran more often than is counted' }),
  expected: z.number().meta({ description: 'How often its schedule, as it is now, names the day' }),
  moreExpected: z.boolean(),
  next: instant.nullable().meta({ description: 'When it is first expected on a day that is not over' }),
  holiday: z.string().nullable().meta({ description: 'Of the calendars of its schedule' }),
  closed: z.boolean().meta({ description: 'No business day of its schedule' }),
  certain: z.boolean().meta({ description: 'The holidays that decide about the day are known' }),
})
export type JobDayCounts = z.output<typeof jobDayCounts>

export const jobMonth = z.object({
  id,
  name: z.string(),
  service: named.nullable(),
  team: named.nullable(),
  state: jobStatus,
  zone: z.string(),
  words: z.string().meta({ description: 'Its schedule' }),
  days: z.array(jobDayCounts).meta({ description: 'Each day of the month' }),
})
export type JobMonth = z.output<typeof jobMonth>

export const jobCalendar = z.object({
  month: z.string(),
  keptSince: z.string().meta({ description: 'Of days before it no runs are kept' }),
  items: z.array(jobMonth),
  next: z.string().nullable(),
})

export const jobDay = jobDayCounts.extend({
  job: named,
  zone: z.string(),
  beginsAt: instant,
  endsAt: instant,
  list: z.array(run).meta({ description: 'Its runs, the oldest first; of very many those to note, and the first' }),
  times: z.array(instant).meta({ description: 'When it is expected by its schedule as it is now' }),
})
