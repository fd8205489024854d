import { z } from 'zod'
import { environment, id, instant, named } from '../base.ts'
import { lookOutcome, monitorStatus, spanState } from './words.ts'

const ms = z.number().nullable().meta({ description: 'Milliseconds' })

export const fact = z.object({ label: z.string(), value: z.string(), ok: z.boolean().optional() })
export const timings = z
  .object({ name: z.number(), connect: z.number(), tls: z.number(), firstByte: z.number(), body: z.number() })
  .partial()
  .meta({ description: 'Milliseconds of each phase that was reached' })
const sample = z
  .object({ headers: z.string(), body: z.string() })
  .partial()
  .meta({ description: 'What the target sent, cut; text, never HTML' })

/** What one look saw. */
export const seen = z.object({
  outcome: lookOutcome.meta({ description: 'blind: we could not look; it says nothing about the target' }),
  code: z.string(),
  message: z.string(),
  ms: z.number().meta({ description: 'Milliseconds' }),
  timings,
  facts: z.array(fact),
  sample: sample.nullable(),
})
export type Seen = z.output<typeof seen>

const at = { at: instant }

export const monitorKind = z.object({
  kind: z.string(),
  title: z.string(),
  summary: z.string(),
  help: z.string(),
  schema: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of the config, for the form' }),
  example: z.record(z.string(), z.unknown()),
})

export const stripCell = z.enum([...spanState.options, 'none']).meta({ description: 'The worst of it; none: no data' })

/** A monitor as lists show it. */
export const monitorRow = z.object({
  id,
  name: z.string(),
  kind: z.string(),
  address: z.string(),
  service: named.nullable(),
  environment,
  team: named.nullable(),
  intervalSeconds: z.number(),
  state: monitorStatus,
  since: instant,
  reason: z.string().nullable(),
  unobservedSince: instant.nullable().meta({ description: 'Nobody has looked since then, though somebody should' }),
  lastAt: instant.nullable(),
  lastMs: ms,
  lastMessage: z.string().nullable(),
  strip: z.array(stripCell).meta({ description: 'The last 24 hours in cells of equal length, oldest first' }),
  version: z.number(),
})
export type MonitorRow = z.output<typeof monitorRow>

export const stripCells = 30

const capped = z.number().int().max(1001)
export const monitorCounts = z
  .object({ all: capped, trouble: capped, down: capped, degraded: capped, unknown: capped, paused: capped })
  .meta({ description: '1001 stands for more than 1,000' })

const openTicket = z.object({ id, number: z.string(), state: z.string() })
const why = z.string().nullable().meta({ description: 'Why not; null when it may be done' })

/** A monitor with all that its page shows. */
export const monitorDetail = monitorRow.omit({ strip: true }).extend({
  config: z.record(z.string(), z.unknown()).meta({ description: 'A mark stands for each stored secret' }),
  timeoutSeconds: z.number(),
  downAfter: z.number(),
  ofLooks: z.number(),
  upAfter: z.number(),
  detection: z.object({ seconds: z.number(), sentence: z.string() }),
  lastResult: seen.omit({ sample: true }).extend(at).nullable(),
  lastFailure: seen.extend(at).nullable(),
  alert: z
    .object({ id, status: z.string(), ticket: openTicket.nullable() })
    .nullable()
    .meta({ description: 'Its open alert' }),
  can: z.object({ pause: why, resume: why }),
  createdAt: instant,
  updatedAt: instant,
})
export type MonitorDetail = z.output<typeof monitorDetail>

/** What somebody saw who looked by hand. `counted`: whether it decides the state with the others. */
export const looked = seen.extend(at).extend({ counted: z.boolean() })

export const chart = z.object({
  from: instant,
  to: instant,
  bucketSeconds: z.number(),
  points: z
    .array(
      z.object({
        at: instant.meta({ description: 'Where the bucket begins' }),
        looks: z.number(),
        failures: z.number(),
        blind: z.number(),
        avgMs: ms,
        p95Ms: ms,
        maxMs: ms,
      }),
    )
    .meta({ description: 'Buckets with looks, at most 400. Times are of looks that were answered' }),
  flips: z.array(z.object({ at: instant, state: spanState, message: z.string().nullable() })),
  spans: z
    .array(z.object({ from: instant, to: instant, state: spanState }))
    .meta({ description: 'Stretches in which it was not up' }),
})

const share = z.object({
  percent: z.number().nullable().meta({ description: 'Up or degraded, of the time that was observed; null for none' }),
  downMs: z.number(),
  blindMs: z.number().meta({ description: 'We could not look' }),
  unobservedMs: z.number().meta({ description: 'Watchfloor itself was not looking; left out of the percentage' }),
})

export const days = z.object({
  zone: z.string(),
  days: z.array(
    z.object({
      date: z.string(),
      from: instant,
      to: instant,
      state: stripCell,
      upMs: z.number(),
      degradedMs: z.number(),
      downMs: z.number(),
      unknownMs: z.number(),
      unobservedMs: z.number(),
    }),
  ),
  allHours: share,
  businessHours: share.nullable().meta({ description: 'Within the support calendar of its service; null without one' }),
})

/** A change of state, and what came of it. */
export const monitorChange = z.object({
  at: instant,
  until: instant.nullable(),
  state: spanState,
  message: z.string().nullable(),
  alertId: id.nullable(),
  ticket: openTicket.nullable(),
})
