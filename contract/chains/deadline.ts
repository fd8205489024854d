import { z } from 'zod'
import { id, instant, instantIn, line, named, pageQuery, slug, text, wallTime, zone } from '../base.ts'
import { nightState, tellFrom } from './words.ts'

/** A business date, such as 2026-11-25. */
export const businessDate = z.iso.date('must be a date such as 2026-11-25').refine((text) => {
  const year = Number(text.slice(0, 4))
  return year >= 2000 && year <= 2200
}, 'must be between the years 2000 and 2200')

/** When it must be done. Its times, and its business dates, are those of the zone. */
export const due = z.discriminatedUnion(
  'kind',
  [
    z.object({
      kind: z.literal('by'),
      time: wallTime,
      days: z
        .int('must be a whole number')
        .min(0, 'must be at least 0')
        .max(14, 'must be at most 14')
        .default(0)
        .meta({ description: 'So many days after the business date: 07:45 of the morning after is 1' }),
      zone,
    }),
    z.object({
      kind: z.literal('in'),
      seconds: z
        .int('must be whole seconds')
        .min(60, 'must be at least 60 seconds')
        .max(14 * 86_400, 'must be at most 14 days')
        .meta({ description: 'After a start' }),
      from: z
        .enum(['chain', 'job'], 'must be chain or job')
        .default('chain')
        .meta({ description: 'chain: after the first job of its chain began; job: after its own start' }),
      zone,
    }),
  ],
  'must be a time of the kind by or in',
)
export type Due = z.output<typeof due>

/** The odds over which a deadline is predicted late. */
export const oddsLimit = z
  .number('must be a number from 0.05 to 0.95')
  .min(0.05, 'must be at least 0.05')
  .max(0.95, 'must be at most 0.95')
  .nullable()
  .meta({
    description: 'The odds over which it is predicted late; null: 0.5. A back-test says what another would give',
  })

const fields = {
  name: line(120),
  jobId: id.meta({ description: 'The last job of the chain' }),
  due,
  weekdays: z
    .array(z.int().min(1).max(7))
    .min(1, 'must name at least one day')
    .max(7)
    .transform((days) => [...new Set(days)].sort())
    .meta({ description: 'Business dates on which it holds: 1 Monday to 7 Sunday' }),
  calendarId: id
    .nullable()
    .meta({ description: 'It holds only on dates on which this calendar is open at some time; null: on all' }),
  cut: wallTime
    .nullable()
    .meta({ description: 'When a new business date begins; null: as its zone has it, 17:00 unless told' }),
  tellFrom,
  oddsLimit,
  consequence: text(2_000).meta({ description: 'What happens to the business when it slips' }),
  audience: text(500).meta({ description: 'Whom it hurts, and who is told' }),
  cost: text(200).meta({ description: 'What it costs, in words or by the hour' }),
  teamId: id.nullable().meta({ description: 'Who may change it, and who is told' }),
  serviceId: id.nullable().meta({ description: 'The service that it hurts' }),
}

export const createDeadlineInput = z.object({
  ...fields,
  slug: slug.optional().meta({ description: 'Out of the name, unless told' }),
  weekdays: fields.weekdays.default([1, 2, 3, 4, 5]),
  calendarId: fields.calendarId.default(null),
  cut: fields.cut.default(null),
  tellFrom: fields.tellFrom.default('predicted_late'),
  oddsLimit: fields.oddsLimit.default(null),
  consequence: fields.consequence.default(''),
  audience: fields.audience.default(''),
  cost: fields.cost.default(''),
  teamId: fields.teamId.optional().meta({ description: 'That of its job, unless told' }),
  serviceId: fields.serviceId.optional().meta({ description: 'That of its job, unless told' }),
})
export const changeDeadlineInput = z.object(fields).partial().extend({ id })
export const deadlineIdInput = z.object({ id })

export const extendDeadlineInput = z.object({
  id,
  date: businessDate,
  dueAt: instantIn.meta({ description: 'Until then, for this business date alone' }),
  reason: line(500),
})
export const nightInput = z.object({
  id,
  date: businessDate.optional().meta({ description: 'The business date of now, unless told' }),
})
export const ofNightInput = z.object({ id, date: businessDate })
export const holdDeadlineInput = z.object({
  id,
  until: instantIn.meta({ description: 'Until then no alert is raised for it; at most 14 days ahead' }),
  reason: line(500),
})

/** A deadline on one business date, in a few words. */
export const nightWords = z.object({
  date: z.string(),
  state: nightState,
  since: instant,
  dueAt: instant,
  odds: z.number().nullable().meta({ description: 'That it is missed, 0 to 1; null where nobody can say' }),
  endsAt: instant.nullable().meta({ description: 'When it is expected to end; null when it does not as things are' }),
  doneAt: instant.nullable(),
  slackMs: z.number().nullable().meta({ description: 'From the expected end to the deadline, in milliseconds' }),
  culprit: named.nullable().meta({ description: 'The job to act on' }),
  predictedAt: instant,
})

const why = z.string().nullable().meta({ description: 'Why not; null when it may be done' })

export const deadlineRow = z.object({
  ...fields,
  id,
  slug: z.string(),
  jobId: id.nullable(),
  weekdays: z.array(z.number()),
  cut: z.string().nullable(),
  job: named.nullable().meta({ description: 'null: it was deleted, and nothing is predicted any more' }),
  team: named.nullable(),
  service: named.nullable(),
  calendar: named.nullable(),
  held: z
    .object({ until: instant, reason: z.string() })
    .nullable()
    .meta({ description: 'Until then no alert is raised' }),
  imported: z.boolean().meta({ description: 'It came with an import' }),
  night: nightWords.nullable().meta({ description: 'The one that matters now; null until the first was predicted' }),
  latestAt: instant
    .nullable()
    .meta({ description: 'Its end of that night in 19 of 20 nights like it, as predicted last; null where unknown' }),
  version: z.number(),
})

/** As the board shows it. */
export const deadlineListRow = deadlineRow.extend({
  nextAt: instant.nullable().meta({
    description: 'Of one without a night yet: when it is due next; null where that counts from a start, or has no job',
  }),
})

export const deadlineDetail = deadlineRow.extend({
  extensions: z
    .array(z.object({ date: z.string(), dueAt: instant, reason: z.string(), by: z.string(), at: instant }))
    .meta({ description: 'Of the last and the coming dates, the newest first' }),
  nights: z.array(nightWords).meta({ description: 'The last 30, the newest first' }),
  nextDue: z
    .array(z.object({ date: z.string(), dueAt: instant }))
    .meta({ description: 'The next five; of one that counts from the start of its chain none' }),
  can: z.object({ change: why, extend: why, hold: why, release: why }),
  createdAt: instant,
  updatedAt: instant,
})

export const deadlineViews = ['all', 'trouble', 'held'] as const
export const listDeadlinesInput = pageQuery.extend({
  view: z
    .enum(deadlineViews, 'must be all, trouble or held')
    .default('all')
    .meta({ description: 'trouble: late, blocked, predicted late, at risk or unknown' }),
  state: nightState.optional(),
  teamId: id.optional(),
  serviceId: id.optional(),
  jobId: id.optional(),
  hangsOn: id.optional().meta({ description: 'A job for which they wait, over however many others' }),
  q: line(100).optional().meta({ description: 'Part of the name' }),
})
export type ListDeadlinesInput = z.output<typeof listDeadlinesInput>

const capped = z.number().int().max(1001)
export const deadlineCounts = z
  .object({ all: capped, trouble: capped, late: capped, atRisk: capped, held: capped })
  .meta({ description: '1001 stands for more than 1,000. atRisk: predicted late, blocked or at risk' })
