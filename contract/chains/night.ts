import { z } from 'zod'
import { id, instant, instantIn, named } from '../base.ts'
import { businessDate, deadlineRow, nightWords } from './deadline.ts'
import { findingKind, jobPhase } from './words.ts'

const ms = z.number().meta({ description: 'Milliseconds' })

/** How long a job usually takes on such a day. */
export const usual = z.object({
  p10: ms,
  p50: ms,
  p90: ms,
  runs: z.number(),
  basis: z.enum(['class', 'coarser', 'few', 'typical', 'none']).meta({
    description:
      'class: of just such days; coarser: of more days; few: of few runs; typical: what its scheduler says; none: nobody knows',
  }),
  dayClass: z.string(),
})

/** A job on one business date. */
export const nightJob = z.object({
  id,
  name: z.string(),
  service: named.nullable(),
  team: named.nullable(),
  isBox: z.boolean(),
  box: id.nullable(),
  level: z.number().meta({ description: 'How many jobs come before it, at most' }),
  phase: jobPhase,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  exitStatus: z.number().nullable(),
  runs: z.array(z.object({ startedAt: instant, endedAt: instant.nullable(), outcome: z.string() })).meta({
    description: 'Its runs on this date, the oldest first',
  }),
  startsAt: instant.nullable().meta({ description: 'When it is expected to start; null when it does not' }),
  endsAt: instant.nullable().meta({ description: 'When it is expected to end; null when it does not' }),
  band: z
    .object({ p10: instant, p50: instant, p90: instant })
    .nullable()
    .meta({ description: 'Of its end; null where it is known, or does not come' }),
  usual: usual.nullable(),
  floatMs: z.number().nullable().meta({ description: 'How much later it may end without moving the deadline’s job' }),
  critical: z.boolean(),
  blocked: z
    .object({ by: named, why: z.string().meta({ description: 'A sentence' }) })
    .nullable()
    .meta({ description: 'What keeps it from starting unless somebody acts' }),
})

export const nightEdge = z.object({
  from: id,
  to: id,
  mutex: z.boolean().meta({ description: 'It only must not run at the same time' }),
  drawn: id.nullable().meta({ description: 'A person has drawn it: its id' }),
})
export type NightEdge = z.output<typeof nightEdge>

export const finding = z.object({
  kind: findingKind,
  message: z.string().meta({ description: 'A sentence' }),
  jobs: z.array(named),
})
export type Finding = z.output<typeof finding>

/** What is expected of the deadline’s job. */
export const forecast = z.object({
  odds: z.number().nullable().meta({ description: 'That it is missed, 0 to 1; null where nobody can say' }),
  endsAt: instant.nullable().meta({ description: 'By the usual durations; null: it does not end as things are' }),
  p10: instant.nullable(),
  p50: instant.nullable(),
  p80: instant.nullable(),
  p90: instant.nullable(),
  p95: instant.nullable(),
  slackMs: z.number().nullable(),
})

const culprit = z.object({
  job: named,
  why: z.string().meta({ description: 'A sentence: running 62 min, usually 41–55' }),
  oddsIfDone: z.number().nullable().meta({ description: 'The odds if it were done now' }),
  rerunFrom: instant.meta({
    description: 'When it could be run again: what it needs is there, and nobody reads what it makes',
  }),
  rerunBy: instant.nullable().meta({ description: 'Until when a run that begins anew still makes the deadline' }),
})

/** A chain on one business date. */
export const night = z.object({
  deadline: deadlineRow,
  date: z.string(),
  now: instant,
  words: nightWords,
  zone: z.string(),
  beginsAt: instant.meta({ description: 'When the business date begins' }),
  originalDueAt: instant.nullable().meta({ description: 'What it was before it was extended' }),
  extension: z.object({ dueAt: instant, reason: z.string(), by: z.string(), at: instant }).nullable(),
  dayClass: z.string().meta({ description: 'What kind of a day it is for batch work' }),
  counts: z.object({
    jobs: z.number(),
    done: z.number(),
    running: z.number(),
    failed: z.number(),
    waits: z.number(),
    withoutStatistics: z.number(),
  }),
  forecast,
  culprit: culprit.nullable(),
  paths: z.array(z.object({ floatMs: z.number(), jobs: z.array(id) })).meta({
    description: 'The ways that delay it first, at most three, each with the time by which it is not the first',
  }),
  jobs: z.array(nightJob).meta({ description: 'What comes first is first' }),
  edges: z.array(nightEdge),
  findings: z.array(finding),
  hurt: z.object({
    consequence: z.string(),
    audience: z.string(),
    cost: z.string(),
    service: named.nullable(),
    units: z.array(named).meta({ description: 'Business units that use the service' }),
  }),
  alert: z
    .object({
      id,
      status: z.string(),
      acknowledgedBy: z.string().nullable(),
      ticket: z.object({ id, number: z.string(), state: z.string() }).nullable(),
    })
    .nullable()
    .meta({ description: 'What was told of it' }),
})

export const forecastHistory = z.object({
  items: z.array(
    z.object({
      at: instant,
      state: z.string(),
      odds: z.number().nullable(),
      p50: instant.nullable(),
      p95: instant.nullable(),
      dueAt: instant,
    }),
  ),
})

/** One thing that somebody might do. */
export const whatIfAct = z.discriminatedUnion(
  'do',
  [
    z.object({ do: z.literal('finish'), jobId: id }).meta({ description: 'It is done now' }),
    z.object({ do: z.literal('skip'), jobId: id }).meta({ description: 'It does not run, and counts as done' }),
    z
      .object({
        do: z.literal('takes'),
        jobId: id,
        seconds: z
          .int()
          .min(0)
          .max(14 * 86_400),
      })
      .meta({ description: 'It takes so long in all' }),
    z.object({ do: z.literal('start'), jobId: id, at: instantIn }).meta({
      description: 'It is started then, whatever it waits for',
    }),
    z.object({ do: z.literal('extend'), dueAt: instantIn }).meta({ description: 'The deadline is later' }),
    z
      .object({ do: z.literal('units'), resource: z.string().min(1).max(200), units: z.int().min(0).max(1_000_000) })
      .meta({
        description: 'There is so much of a resource: a host more',
      }),
  ],
  'must be finish, skip, takes, start, extend or units',
)
export type WhatIfAct = z.output<typeof whatIfAct>

export const whatIfInput = z.object({
  id,
  date: businessDate.optional(),
  acts: z.array(whatIfAct).min(1, 'must be at least one').max(20, 'must be at most 20'),
})
const side = forecast.extend({ dueAt: instant })
export const whatIfAnswer = z.object({
  before: side,
  after: side,
  jobs: z
    .array(z.object({ id, name: z.string(), endsBefore: instant.nullable(), endsAfter: instant.nullable() }))
    .meta({ description: 'Those whose ends move, what moves most first; null: it does not end' }),
})

export const preFlightInput = z.object({
  date: businessDate.optional().meta({ description: 'The coming night, unless told' }),
  teamId: id.optional(),
})
export const preFlight = z.object({
  date: z.string(),
  comparedWith: z.string().meta({ description: 'The same night a week before' }),
  deadlines: z.array(
    z.object({
      deadline: named,
      dueAt: instant,
      dayClass: z.string(),
      jobs: z.number(),
      firstStartsAt: instant.nullable(),
      forecast,
      weekBefore: z
        .object({ endedAt: instant.nullable(), dueAt: instant, state: z.string() })
        .nullable()
        .meta({ description: 'What became of it then' }),
      findings: z.array(finding),
    }),
  ),
  more: z.boolean().meta({ description: 'There are more deadlines than are shown' }),
})
