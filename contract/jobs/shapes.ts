import { z } from 'zod'
import { environment, id, instant, named } from '../base.ts'
import { pingFilters } from './filters.ts'
import { jobSchedule } from './schedule.ts'
import { jobWaits } from './waits.ts'
import { businessCut, jobRules, jobStatus, pingKind, runOutcome, runVerdict } from './words.ts'

const ms = z.number().nullable().meta({ description: 'Milliseconds' })
const lateMs = ms.meta({ description: 'Milliseconds after it was due; negative: before; null: nothing was due' })
const exitStatus = z.number().nullable()

/** One execution in a few words, as bars show it. */
export const runBar = z.object({
  id,
  outcome: runOutcome,
  at: instant.meta({ description: 'When it ended; of one that runs, when it started' }),
  ms: ms.meta({ description: 'How long it took, in milliseconds, where its start is known' }),
  lateMs,
})
export type RunBar = z.output<typeof runBar>

/** What is usual: in milliseconds for the duration. */
const usual = z.object({
  measure: z.string().meta({ description: 'duration, or the name of a volume' }),
  low: z.number(),
  high: z.number(),
  n: z.number().meta({ description: 'Of so many runs' }),
  dayClass: z.enum(['quarter-end', 'month-end', 'after-holiday', 'monday', 'weekday', 'day-off', 'any']),
})

export const run = runBar.extend({
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  dueAt: instant.nullable(),
  exitStatus,
  host: z.string().nullable(),
  outputBytes: z.number().meta({ description: 'How much it sent' }),
  note: z.string().nullable().meta({ description: 'What was wrong with the times it gave' }),
  cpuMs: ms.meta({ description: 'The processor time it took, in milliseconds, where its sender measured it' }),
  peakKb: z
    .number()
    .nullable()
    .meta({ description: 'The most memory that one of its processes held, in kB of 1,024 bytes' }),
  verdicts: z.array(runVerdict),
  volumes: z.record(z.string(), z.number()).meta({ description: 'What it says it has worked through, by name' }),
  unusual: z
    .array(usual.extend({ value: z.number() }))
    .meta({ description: 'What was unusual, beside what was usual then' }),
})
export type Run = z.output<typeof run>

/** A run with what it printed and each ping of it, oldest first. */
export const runDetail = run.extend({
  job: named,
  businessDate: z.iso.date().meta({
    description: `The date it belongs to by when it was due, else began; dates begin at ${businessCut} by the clock of the job, or when it is set for its zone`,
  }),
  attempt: z.number().meta({
    description: '2 and more: after so many failures less one on that date, without having been due anew',
  }),
  output: z.string().nullable().meta({ description: 'The end of it; text, never HTML' }),
  hasWhole: z.boolean().meta({ description: 'More of it is kept than its end: /api/jobs/{id}/runs/{runId}/output' }),
  pings: z.array(
    z.object({
      id,
      kind: pingKind,
      at: instant.meta({ description: 'When it was received' }),
      happenedAt: instant,
      exitStatus,
      host: z.string().nullable(),
      remote: z.string().nullable(),
      method: z.string().nullable(),
      userAgent: z.string().nullable(),
      output: z.string().nullable(),
      outputBytes: z.number(),
      note: z.string().nullable(),
    }),
  ),
})

/** A job as lists show it. */
export const jobRow = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  service: named.nullable(),
  environment,
  team: named.nullable(),
  schedule: jobSchedule,
  follows: named.nullable().meta({ description: 'The job that it is expected after' }),
  graceSeconds: z.number(),
  maxRunSeconds: z.number().nullable(),
  minRunSeconds: z.number().nullable(),
  minGapSeconds: z.number().nullable(),
  failuresInARow: z.number(),
  fails: z.number().meta({ description: 'Runs that failed since the last good one' }),
  rules: jobRules,
  tags: z.array(z.string()),
  state: jobStatus,
  since: instant.nullable(),
  reason: z.string().meta({ description: 'A plain sentence: why it is in this state' }),
  lastAt: instant.nullable().meta({ description: 'When its last run ended' }),
  lastOutcome: z.enum(['success', 'fail']).nullable(),
  lastMs: ms,
  lastExit: exitStatus,
  lastLateMs: lateMs,
  running: z.number().meta({ description: 'Runs that have not ended' }),
  dueAt: instant.nullable().meta({ description: 'When it is expected next' }),
  deadlineAt: instant.nullable().meta({ description: 'When somebody is told unless it comes' }),
  pausedAt: instant.nullable(),
  archivedAt: instant.nullable(),
  unusual: z.array(z.string()).meta({
    description: 'In what its last run that ended well was unusual: duration, or the name of a volume',
  }),
  bars: z.array(runBar).meta({ description: 'Its last runs, oldest first, at most 20' }),
  version: z.number(),
})
export type JobRow = z.output<typeof jobRow>

const capped = z.number().int().max(1001)
export const jobCounts = z
  .object({
    all: capped,
    trouble: capped,
    missing: capped,
    failed: capped,
    late: capped,
    running: capped,
    paused: capped,
    archived: capped,
  })
  .meta({ description: '1001 stands for more than 1,000' })

const why = z.string().nullable().meta({ description: 'Why not; null when it may be done' })
const openTicket = z.object({ id, number: z.string(), state: z.string() })

const unknownFrom = instant.nullable().meta({
  description: 'From this one on the times are not certain: the holidays of a calendar are entered no further',
})

const ignoredPing = z.object({
  id,
  at: instant,
  method: z.string().nullable(),
  from: z.string().nullable(),
  output: z.string().nullable().meta({ description: 'How what it sent begins' }),
})

/** A job with all that its page shows. */
export const jobDetail = jobRow.extend({
  description: z.string(),
  pingUrl: z.string().meta({ description: 'Where its runs report: whoever knows this address may ping' }),
  late: z
    .object({ until: instant, reason: z.string() })
    .nullable()
    .meta({ description: 'Somebody has said that it will be late' }),
  filters: pingFilters,
  resumesByHand: z.boolean(),
  waits: jobWaits.nullable().meta({ description: 'What it waits for beside its schedule; null: nothing' }),
  ignored: z
    .array(ignoredPing)
    .meta({ description: 'Of its last 500 pings those that did not count, newest first, at most 5' }),
  sharesSlug: z.boolean().meta({
    description: 'Another job of its team has the same slug, so that pings by slug are refused as ambiguous',
  }),
  badgeUrl: z.string().meta({ description: 'Its badge, for whoever knows this address' }),
  pingsPerSecond: z.number(),
  tellUnusual: z.boolean(),
  usual: z.array(usual.extend({ median: z.number() })).meta({
    description: 'What is usual on a day such as that on which it is expected next',
  }),
  pings: z.number(),
  nextTimes: z.array(instant).meta({ description: 'The next ten times at which it is expected' }),
  unknownFrom,
  notes: z.array(z.string()).meta({ description: 'What else there is to say of them, in sentences' }),
  zone: z.string().nullable(),
  openRuns: z.array(run),
  alerts: z
    .array(
      z.object({
        id,
        kind: z.enum(['miss', 'failure', 'long', 'often', 'unusual']),
        status: z.string(),
        title: z.string(),
        acknowledgedBy: z.string().nullable(),
        ticket: openTicket.nullable(),
      }),
    )
    .meta({ description: 'Its open alerts' }),
  heldRun: z
    .object({ runId: id, reason: z.string(), by: z.string(), at: instant })
    .nullable()
    .meta({ description: 'Nobody is told anything of the run that goes on' }),
  toldBy: named
    .nullable()
    .meta({ description: 'The connection to a scheduler that tells of its runs; a ping of its own would count twice' }),
  can: z.object({ change: why, pause: why, resume: why, expectLate: why, skip: why, archive: why, restore: why }),
  createdAt: instant,
  updatedAt: instant,
})
export type JobDetail = z.output<typeof jobDetail>

/** What is about to break: the most urgent first. */
export const jobAtRisk = jobRow
  .pick({ id: true, name: true, service: true, environment: true, team: true, state: true, reason: true })
  .extend({
    dueAt: instant.nullable(),
    deadlineAt: instant.nullable(),
    tier: z.number().nullable().meta({ description: 'Criticality of its service; 1 is the most critical' }),
  })

export const schedulePreview = z.object({
  times: z.array(instant).meta({ description: 'The next ten times' }),
  unknownFrom,
  zone: z.string().nullable(),
  notes: z
    .array(z.string())
    .meta({ description: 'What there is to say of them, such as what the change of the clock does, in sentences' }),
})
