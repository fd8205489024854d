import { z } from 'zod'
import { id, instant, named } from '../base.ts'
import { schedulerState } from './words.ts'

const capped = z.number().int().max(1001).meta({ description: '1001 stands for more than 1,000' })
const why = z.string().nullable().meta({ description: 'Why not; null when it may be done' })

export const schedulerKind = z.object({
  kind: z.string(),
  title: z.string(),
  summary: z.string(),
  help: z.string(),
  setup: z.string().meta({ description: 'Text to copy: what is to be done on the side of the scheduler' }),
  schema: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of the config, for the form' }),
  example: z.record(z.string(), z.unknown()),
})

export const schedulerRow = z.object({
  id,
  name: z.string(),
  kind: z.string(),
  title: z.string().meta({ description: 'Of its kind' }),
  address: z.string(),
  team: named.nullable(),
  state: schedulerState,
  since: instant.nullable().meta({ description: 'Since when it cannot be read, or is paused' }),
  problem: z.string().nullable().meta({ description: 'Why it cannot be read' }),
  about: z.string().nullable().meta({ description: 'What it answers that it is' }),
  readAt: instant.nullable().meta({ description: 'When it was read last' }),
  jobs: capped.meta({ description: 'Jobs of ours that it tells of' }),
  strangers: capped.meta({ description: 'Jobs that it has and that we have not' }),
  version: z.number(),
})
export type SchedulerRow = z.output<typeof schedulerRow>

export const schedulerDetail = schedulerRow.extend({
  config: z.record(z.string(), z.unknown()).meta({ description: 'A mark stands for each stored secret' }),
  host: z.string(),
  intervalSeconds: z.number(),
  importer: z.string().meta({ description: 'The kind of import that brings in its jobs' }),
  lookedAt: instant.nullable(),
  nextAt: instant.nullable(),
  runs: z.number().meta({ description: 'Starts and ends of runs that it has told' }),
  can: z.object({ pause: why, resume: why }),
  createdAt: instant,
  updatedAt: instant,
})
export type SchedulerDetail = z.output<typeof schedulerDetail>

export const stranger = z.object({ name: z.string(), firstAt: instant, lastAt: instant })

/** What it answered to one look, of which nothing was kept. */
export const schedulerTest = z.object({
  ok: z.boolean(),
  words: z.string().meta({ description: 'What was read, or why nothing could be, in a sentence' }),
  about: z.string().nullable(),
  skewSeconds: z.number().nullable().meta({ description: 'How far its clock is ahead of ours' }),
  jobs: z.number().meta({ description: 'Of the jobs that it named, those that we have' }),
  strangers: z.array(z.string()).meta({ description: 'Those that we have not, at most 20' }),
  strangersInAll: z.number(),
  told: z
    .array(
      z.object({
        name: z.string(),
        known: z.boolean(),
        kind: z.enum(['start', 'success', 'fail', 'log']),
        at: instant,
        note: z.string().nullable(),
      }),
    )
    .meta({ description: 'The newest of what it told, at most 10' }),
})
export type SchedulerTest = z.output<typeof schedulerTest>

/** By when a scheduler itself expects one of its services to end. */
export const estimate = z.object({
  jobId: id,
  scheduler: named,
  title: z.string().meta({ description: 'Of the kind of scheduler' }),
  service: z.string(),
  expectedEnd: instant.nullable(),
  due: instant.nullable(),
  status: z.string(),
  said: z.record(z.string(), z.string()),
  at: instant.meta({ description: 'When it said so last' }),
  old: z.boolean().meta({ description: 'It cannot be read now: it may say something else meanwhile' }),
})
export type Estimate = z.output<typeof estimate>
