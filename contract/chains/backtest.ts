import { z } from 'zod'
import { id, instant, named } from '../base.ts'
import { businessDate, oddsLimit } from './deadline.ts'

export const backtestInput = z
  .object({
    deadlineId: id.optional().meta({ description: 'Of this deadline alone' }),
    teamId: id.optional().meta({ description: 'Of the deadlines of this team; else of all' }),
    from: businessDate
      .optional()
      .meta({ description: 'The first business date that is judged; 90 days before the last, unless told' }),
    until: businessDate.optional().meta({ description: 'The last one; the one before that of now, unless told' }),
  })
  .refine(({ from, until }) => !from || !until || from <= until, {
    message: 'must not be before from',
    path: ['until'],
  })
export type BacktestAsk = z.output<typeof backtestInput>

const minutes = z.number().meta({ description: 'Minutes' })

/** What alarms were worth. */
const warned = {
  warned: z.number().meta({ description: 'Misses before which there was an alarm' }),
  falseAlarms: z.number().meta({ description: 'Nights with an alarm that ended in time' }),
  warning: z
    .object({ mean: minutes, median: minutes })
    .meta({ description: 'From the first alarm to the deadline, over all misses; none counts as 0' }),
}
const score = z.object({
  ...warned,
  pinball: z
    .object({ p50: minutes, p80: minutes, p95: minutes })
    .meta({ description: 'Mean pinball loss of the ends said with 50, 80 and 95 per cent: lower is better' }),
})

export const backtestNight = z.object({
  deadline: named,
  date: z.string(),
  dueAt: instant,
  endedAt: instant.nullable().meta({ description: 'null: it did not end' }),
  missed: z.boolean(),
  warning: z
    .object({ ours: minutes.nullable(), lastTen: minutes.nullable(), threeSigma: minutes.nullable() })
    .meta({ description: 'From the first alarm of each to the deadline; null: there was none' }),
})

/** The nights on record played again, each moment knowing only what had happened by then. */
export const backtestFound = z.object({
  from: z.string(),
  until: z.string(),
  learn: z.number().meta({ description: 'So many nights on record are learnt from before any is judged' }),
  deadlines: z.array(
    z.object({
      deadline: named,
      limit: oddsLimit.unwrap().meta({ description: 'The odds over which it is predicted late' }),
      nights: z.number(),
      misses: z.number(),
      ...warned,
      leftOut: z.object({
        unknown: z.number().meta({ description: 'Dates of which nobody knows whether they were met' }),
        early: z.number().meta({ description: 'Dates that would have taken too long to play again' }),
      }),
      why: z.string().nullable().meta({ description: 'A sentence: why nothing can be said of it' }),
    }),
  ),
  more: z.boolean().meta({ description: 'There are more deadlines than are played again at once' }),
  nights: z.number(),
  misses: z.number(),
  ours: score.meta({ description: 'With alarm at the limit of each deadline' }),
  baselines: z
    .array(
      z.object({
        name: z.enum(['last-ten', 'three-sigma']).meta({
          description: 'last-ten: the average of the last ten runs; three-sigma: mean ± 3 standard deviations',
        }),
        score,
        beside: z
          .object({ limit: z.number().nullable(), ...warned })
          .meta({ description: 'Ours at the lowest limit with no more false alarms; null: at any' }),
      }),
    )
    .meta({ description: 'Empty where no night was judged' }),
  calibration: z
    .array(z.object({ from: z.number(), to: z.number(), forecasts: z.number(), said: z.number(), missed: z.number() }))
    .meta({ description: 'Of the forecasts with such odds, which share was missed' }),
  limits: z
    .array(z.object({ limit: z.number(), ...warned }))
    .meta({ description: 'What alarm over such odds would have given' }),
  blocked: z.object({ nights: z.number(), inTime: z.number() }).meta({
    description: 'Nights that stood still for a while until somebody acted, and those that ended in time all the same',
  }),
  troubled: z.array(backtestNight).meta({
    description: 'Nights that were missed, and those with an alarm of anybody; the newest first, at most 500',
  }),
})
export type BacktestFound = z.output<typeof backtestFound>
