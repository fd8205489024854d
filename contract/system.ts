import { z } from 'zod'
import { instant, pageOf, pageQuery, route, timelineEvent } from './base.ts'

const when = z.iso.datetime({ offset: true, error: 'must be a time such as 2026-11-23T07:00:00Z' })
/** What of the log is asked for; the reader's scope comes on top. */
export const eventFilter = z.object({
  about: z.string().max(200).optional().meta({ description: 'Reference such as ticket:<id>' }),
  type: z
    .string()
    .regex(/^[a-z_]+(\.[a-z_]*)?$/, 'must be a type such as ticket.opened, or its beginning, such as ticket.')
    .max(100)
    .optional()
    .meta({ description: 'The type of the event or its beginning; without `from`, of the last 30 days' }),
  actorId: z.string().max(200).optional().meta({ description: 'Who did it: the id of a person or of an API key' }),
  from: when.optional().meta({ description: 'Not before' }),
  to: when.optional().meta({ description: 'Before' }),
})
export const listEventsInput = pageQuery.extend(eventFilter.shape)

export const verificationInput = z.object({
  after: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(0, 'must not be negative')
    .max(Number.MAX_SAFE_INTEGER, 'must be the number of a seal')
    .default(0)
    .meta({ description: 'The last seal found right; 0 to begin' }),
})
const verification = z.object({
  from: instant.nullable().meta({ description: 'When the seal before was made; null: from the first event' }),
  seals: z.number().int(),
  events: z.number().int(),
  next: z.number().int().nullable().meta({ description: 'Go on with this as `after`; null: that was all' }),
  broken: z
    .object({ number: z.number().int(), from: instant.nullable(), to: instant, why: z.string() })
    .nullable()
    .meta({ description: 'The first seal that does not fit; nothing after it was looked at' }),
})

/** An event with what it is about: the page of a ticket is about the ticket, its service and whoever was called. */
const logEvent = timelineEvent.extend({
  about: z
    .array(z.object({ ref: z.string(), name: z.string() }))
    .meta({ description: 'By name, the subject first; empty for those who are not of the desk' }),
})

export type LogEvent = z.output<typeof logEvent>

/** The house itself: the log, its health, what comes round. */
export const system = {
  events: route
    .route({ method: 'GET', path: '/events', summary: 'The log, newest first', tags: ['system'] })
    .input(listEventsInput)
    .output(pageOf(logEvent)),
  verification: route
    .route({
      method: 'GET',
      path: '/events/verification',
      summary: 'Whether the log is as it was sealed',
      tags: ['system'],
    })
    .input(verificationInput)
    .output(verification),
  schedule: route.route({ method: 'GET', path: '/schedule', summary: 'Everything periodic', tags: ['system'] }).output(
    z.object({
      items: z.array(
        z.object({
          key: z.string(),
          what: z.string(),
          every: z.number(),
          nextAt: instant.nullable(),
          lastError: z.string().nullable(),
        }),
      ),
    }),
  ),
  storage: route
    .route({
      method: 'GET',
      path: '/storage',
      summary: 'What lies where in the database, and how long it stays',
      tags: ['system'],
    })
    .output(
      z.object({
        bytes: z.number().meta({ description: 'Of the whole database' }),
        tables: z.array(
          z.object({
            name: z.string(),
            what: z.string(),
            bytes: z.number().meta({ description: 'With its partitions and indexes' }),
            rows: z.number().meta({ description: 'About so many' }),
            partitions: z.number().int(),
            keepDays: z.number().int().nullable().meta({ description: 'Dropped after so many days; null: kept' }),
          }),
        ),
      }),
    ),
  work: route
    .route({
      method: 'GET',
      path: '/work',
      summary: 'The queue of due work; 1001 stands for more than 1,000',
      tags: ['system'],
    })
    .output(
      z.object({
        waiting: z.number().int().meta({ description: 'Due later' }),
        late: z.number().int(),
        failing: z.number().int().meta({ description: 'Tried in vain, and tried again' }),
        oldestAt: instant.nullable().meta({ description: 'When the oldest late one was due' }),
      }),
    ),
  health: route
    .route({ method: 'GET', path: '/health', summary: 'What is wrong with Watchfloor itself', tags: ['system'] })
    .output(
      z.object({
        version: z.string(),
        items: z.array(
          z.object({
            what: z.string(),
            state: z.enum(['ok', 'warn', 'bad', 'unknown']),
            detail: z.string(),
            since: instant.nullable(),
          }),
        ),
      }),
    ),
}
