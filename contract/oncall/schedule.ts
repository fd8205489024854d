import { z } from 'zod'
import {
  done,
  id,
  instant,
  instantIn,
  line,
  named,
  pageOf,
  pageQuery,
  route,
  slug,
  text,
  wallTime,
  zone,
} from '../base.ts'

/** Of schedules and of escalation policies. */
export const onCallListInput = pageQuery.extend({
  q: line(100).optional().meta({ description: 'Part of the name' }),
})

export const restriction = z.object({
  weekdays: z
    .array(z.number().int().min(1).max(7, 'must be 1 (Monday) to 7 (Sunday)'))
    .min(1, 'must name at least one weekday'),
  from: wallTime,
  to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time of day such as 18:00, or 24:00'),
})
const wallDateTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, 'must be a date and time such as 2026-11-23T09:00')

export const layerInput = z.object({
  id: id.optional().meta({ description: 'Of the layer that is changed; left away for a new one' }),
  name: line(80),
  kind: z.enum(['hourly', 'daily', 'weekly', 'monthly'], 'must be hourly, daily, weekly or monthly'),
  every: z.number().int().min(1, 'must be at least 1').max(1000, 'must be at most 1000'),
  startsAt: wallDateTime.meta({ description: 'A hand-over, by the clock on the wall of the schedule’s zone' }),
  participants: z.array(id).max(100, 'must have at most 100 entries'),
  restrictions: z.array(restriction).max(20, 'must have at most 20 entries').default([]),
})
export const scheduleInput = z.object({
  slug,
  name: line(120),
  teamId: id,
  zone,
  layers: z.array(layerInput).min(1, 'must have at least one layer').max(10, 'must have at most 10 layers'),
})
export const scheduleChange = scheduleInput.omit({ slug: true }).partial().extend({ id })

const shift = z.object({
  user: named,
  from: instant.nullable(),
  to: instant.nullable(),
  source: z.object({
    kind: z.enum(['rotation', 'override']),
    id: z.string(),
    name: z.string(),
    inPlaceOf: named.nullable().meta({ description: 'Whom an override took off' }),
  }),
})
export const onCallEntry = z.object({
  schedule: named.extend({ slug: z.string(), zone: z.string() }),
  team: named,
  people: z.array(shift).meta({ description: 'Empty: nobody is on call' }),
  next: z.object({ at: instant, people: z.array(named) }).nullable(),
})

export const overrideInput = z.object({
  scheduleId: id,
  from: instantIn,
  to: instantIn,
  addUserId: id.nullable().default(null),
  removeUserId: id.nullable().default(null),
  reason: text(500).default(''),
})
export const override = z.object({
  id,
  from: instant,
  to: instant,
  add: named.nullable(),
  remove: named.nullable(),
  reason: z.string(),
  createdBy: named.nullable(),
})

export const schedule = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  team: named,
  zone: z.string(),
  version: z.number(),
  layers: z.array(layerInput.extend({ id })),
})
const between = { from: instantIn, to: instantIn }
export const calendarInput = z.object({ id, ...between })
const gap = z.object({
  from: instant,
  to: instant,
  outsideHours: z.boolean().meta({ description: 'No layer means to have somebody then' }),
})
const rota = z.object({
  layers: z.array(z.object({ id: z.string(), name: z.string(), shifts: z.array(shift) })),
  final: z
    .array(shift)
    .meta({ description: 'Who is really on call: the upper layers over the lower, with the overrides' }),
  gaps: z.array(gap),
  overrides: z.array(override),
})
const people = z
  .array(
    named.extend({ zone: z.string(), active: z.boolean().meta({ description: 'false: the account is disabled' }) }),
  )
  .meta({ description: 'Everybody who appears, with their own time zone' })
export const calendar = rota.extend({ people })
export const shiftsInput = z.object(between)
export const shifts = z.object({
  items: z.array(rota.extend({ schedule: named.extend({ slug: z.string(), zone: z.string() }), team: named })),
  people,
})
export const schedulePreviewInput = z.object({
  id: id.optional().meta({ description: 'Of the schedule that would be changed; left away for a new one' }),
  zone,
  layers: scheduleInput.shape.layers,
  ...between,
})
export const schedulePreview = calendar.extend({
  changes: z
    .array(z.object({ from: instant, to: instant, before: z.array(named), after: z.array(named) }))
    .meta({ description: 'When others would be on call than now' }),
})

export const scheduleRoutes = {
  onCall: route
    .route({ method: 'GET', path: '/on-call', summary: 'Who is on call now', tags: ['on-call'] })
    .output(z.object({ items: z.array(onCallEntry) })),
  schedules: route
    .route({ method: 'GET', path: '/schedules', summary: 'Schedules', tags: ['on-call'] })
    .input(onCallListInput)
    .output(pageOf(schedule)),
  schedule: route
    .route({ method: 'GET', path: '/schedules/{id}', summary: 'One schedule', tags: ['on-call'] })
    .input(z.object({ id }))
    .output(schedule),
  calendar: route
    .route({
      method: 'GET',
      path: '/schedules/{id}/shifts',
      summary: 'Who is on call between two times',
      tags: ['on-call'],
    })
    .input(calendarInput)
    .output(calendar),
  shifts: route
    .route({
      method: 'GET',
      path: '/on-call/shifts',
      summary: 'Who is on call between two times, on every schedule',
      tags: ['on-call'],
    })
    .input(shiftsInput)
    .output(shifts),
  previewSchedule: route
    .route({
      method: 'POST',
      path: '/schedules/preview',
      summary: 'Who would be on call if a schedule were made or changed so; nothing is saved',
      tags: ['on-call'],
    })
    .input(schedulePreviewInput)
    .output(schedulePreview),
  createSchedule: route
    .route({ method: 'POST', path: '/schedules', summary: 'Make a schedule', tags: ['on-call'], successStatus: 201 })
    .input(scheduleInput)
    .output(schedule),
  changeSchedule: route
    .route({
      method: 'PATCH',
      path: '/schedules/{id}',
      summary: 'Change a schedule from now on; the past stays',
      tags: ['on-call'],
    })
    .input(scheduleChange)
    .output(schedule),
  addOverride: route
    .route({
      method: 'POST',
      path: '/schedules/{scheduleId}/overrides',
      successStatus: 201,
      summary: 'Put somebody on call, take somebody off, or both',
      tags: ['on-call'],
    })
    .input(overrideInput)
    .output(override),
  removeOverride: route
    .route({ method: 'DELETE', path: '/overrides/{id}', summary: 'Remove an override', tags: ['on-call'] })
    .input(z.object({ id }))
    .output(done),
}
