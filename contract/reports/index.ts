import { z } from 'zod'
import { id, instant, named, route, zone } from '../base.ts'

const month = z.string().regex(/^2[01]\d\d-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-11')

export const monthInput = z.object({
  month,
  zone: zone.default('UTC').meta({ description: 'Where the month begins and ends' }),
  unitId: id.optional().meta({ description: 'What hurt this business unit alone' }),
})

const minutes = z.number().meta({ description: 'Minutes of the month in which it was disturbed, each counted once' })

const disturbedService = z.object({
  id,
  name: z.string(),
  times: z.number(),
  minutes,
  longestMinutes: z.number(),
  open: z.number().meta({ description: 'How many go on' }),
})
export type DisturbedService = z.output<typeof disturbedService>

const pastDisturbance = z.object({
  number: z.string(),
  service: named,
  priority: z.number(),
  since: instant,
  overAt: instant.nullable(),
  minutes: z.number(),
})
export type PastDisturbance = z.output<typeof pastDisturbance>

const keptDeadline = z.object({
  id,
  name: z.string(),
  service: named.nullable(),
  nights: z.number().meta({ description: 'How many of the month are over' }),
  missed: z.number(),
})

const missedNight = z.object({
  deadline: named,
  date: z.string(),
  dueAt: instant,
  doneAt: instant.nullable(),
})
export type MissedNight = z.output<typeof missedNight>

export const monthReport = z.object({
  from: instant,
  to: instant,
  watchedSince: instant.nullable().meta({
    description:
      'Since when anything is watched: a time before it of which nothing is told is not known; null: nothing is',
  }),
  units: z.array(named).meta({ description: 'Whose trouble is counted; empty: everybody’s' }),
  services: z.array(disturbedService).meta({ description: 'The longest disturbed first' }),
  disturbances: z.array(pastDisturbance).meta({ description: 'The newest first, at most 2,000' }),
  more: z.boolean().meta({ description: 'There were more than are counted' }),
  deadlines: z.array(keptDeadline).meta({ description: 'The most often missed first' }),
  missed: z.array(missedNight).meta({ description: 'The newest first' }),
})
export type MonthReport = z.output<typeof monthReport>

/** What a month was like for the business. */
export const reports = {
  month: route
    .route({
      method: 'GET',
      path: '/reports/month',
      summary: 'Disturbances and missed deadlines of a month; a stakeholder gets those of the own business units',
      tags: ['reports'],
    })
    .input(monthInput)
    .output(monthReport),
}
