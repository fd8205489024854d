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
  source: z.object({ kind: z.enum(['rotation', 'override']), id: z.string(), name: z.string() }),
})
export const onCallEntry = z.object({
  schedule: named.extend({ slug: z.string(), zone: z.string() }),
  team: named,
  people: z.array(shift).meta({ description: 'Empty: nobody is on call' }),
  next: z.object({ at: instant, people: z.array(named) }).nullable(),
})
export type OnCallEntry = z.output<typeof onCallEntry>

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
export const calendarInput = z.object({ id, from: instantIn, to: instantIn })
export const calendar = z.object({
  layers: z.array(z.object({ id: z.string(), name: z.string(), shifts: z.array(shift) })),
  final: z.array(shift),
  gaps: z.array(z.object({ from: instant, to: instant })),
  overrides: z.array(override),
})

export const policyTarget = z.object({
  kind: z.enum(['schedule', 'user', 'team'], 'must be schedule, user or team'),
  id,
})
export const policyStep = z.object({
  delayMinutes: z
    .number()
    .int()
    .min(0)
    .max(1440, 'must be at most 1440 (a day)')
    .meta({ description: 'After the step before; the first one usually 0' }),
  targets: z.array(policyTarget).min(1, 'must name at least one target').max(10, 'must have at most 10 targets'),
})
export const policyInput = z.object({
  slug,
  name: line(120),
  teamId: id.nullable().default(null),
  steps: z.array(policyStep).min(1, 'must have at least one step').max(20, 'must have at most 20 steps'),
  repeats: z.number().int().min(0).max(9, 'must be at most 9').default(0),
  ackTimeoutMinutes: z.number().int().min(5).max(1440).nullable().default(null),
})
export const policyChange = policyInput.omit({ slug: true }).partial().extend({ id })
export const policy = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  team: named.nullable(),
  steps: z.array(
    z.object({
      delayMinutes: z.number(),
      targets: z.array(policyTarget.extend({ name: z.string(), now: z.array(z.string()) })),
    }),
  ),
  repeats: z.number(),
  ackTimeoutMinutes: z.number().nullable(),
  services: z.array(named),
  version: z.number(),
})
export const assignInput = z.object({ id, serviceId: id })

export const pageStates = ['paging', 'acknowledged', 'done', 'exhausted'] as const
export const pageView = z.object({
  id,
  subject: z.string(),
  state: z.enum(pageStates),
  urgency: z.enum(['high', 'low']),
  policy: z.string(),
  title: z.string(),
  lines: z.array(z.string()),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  priority: z.string().nullable(),
  startedAt: instant,
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: named.nullable(),
  nextStepAt: instant.nullable(),
  targets: z.array(
    z.object({
      user: named.nullable(),
      step: z.number(),
      round: z.number(),
      at: instant,
      why: z.string().meta({ description: 'Why this person, why now; or why nobody' }),
      deliveries: z.array(
        z.object({
          id,
          channel: z.string(),
          address: z.string(),
          state: z.string(),
          dueAt: instant,
          sentAt: instant.nullable(),
          attempts: z.number(),
          mayRepeat: z.boolean(),
          lastError: z.string().nullable(),
          bundled: z.boolean(),
        }),
      ),
    }),
  ),
})
export type PageView = z.output<typeof pageView>
export const pageAnswer = z.object({
  result: z.enum(['acknowledged', 'already', 'passed', 'over']),
  by: z.string().nullable(),
  at: instant.nullable(),
})
const token = z.string().min(10).max(200)

export const oncall = {
  onCall: route
    .route({ method: 'GET', path: '/on-call', summary: 'Who is on call now', tags: ['on-call'] })
    .output(z.object({ items: z.array(onCallEntry) })),
  schedules: route
    .route({ method: 'GET', path: '/schedules', summary: 'Schedules', tags: ['on-call'] })
    .input(pageQuery)
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
  createSchedule: route
    .route({ method: 'POST', path: '/schedules', summary: 'Make a schedule', tags: ['on-call'] })
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
      summary: 'Put somebody on call, take somebody off, or both',
      tags: ['on-call'],
    })
    .input(overrideInput)
    .output(override),
  removeOverride: route
    .route({ method: 'DELETE', path: '/overrides/{id}', summary: 'Remove an override', tags: ['on-call'] })
    .input(z.object({ id }))
    .output(done),
  policies: route
    .route({ method: 'GET', path: '/escalation-policies', summary: 'Escalation policies', tags: ['on-call'] })
    .input(pageQuery)
    .output(pageOf(policy)),
  policy: route
    .route({ method: 'GET', path: '/escalation-policies/{id}', summary: 'One escalation policy', tags: ['on-call'] })
    .input(z.object({ id }))
    .output(policy),
  createPolicy: route
    .route({ method: 'POST', path: '/escalation-policies', summary: 'Make an escalation policy', tags: ['on-call'] })
    .input(policyInput)
    .output(policy),
  changePolicy: route
    .route({
      method: 'PATCH',
      path: '/escalation-policies/{id}',
      summary: 'Change an escalation policy; pages under way keep theirs',
      tags: ['on-call'],
    })
    .input(policyChange)
    .output(policy),
  assignPolicy: route
    .route({
      method: 'PUT',
      path: '/escalation-policies/{id}/services/{serviceId}',
      summary: 'Give a service this policy',
      tags: ['on-call'],
    })
    .input(assignInput)
    .output(policy),
  pages: route
    .route({ method: 'GET', path: '/pages', summary: 'Pages about a subject', tags: ['on-call'] })
    .input(z.object({ subject: z.string().max(200) }))
    .output(z.object({ items: z.array(pageView) })),
  page: route
    .route({ method: 'GET', path: '/pages/{id}', summary: 'One page', tags: ['on-call'] })
    .input(z.object({ id }))
    .output(pageView),
  acknowledge: route
    .route({ method: 'POST', path: '/pages/{pageId}/acknowledgement', summary: 'I have it', tags: ['on-call'] })
    .input(z.object({ pageId: id }))
    .output(pageAnswer),
  pass: route
    .route({ method: 'POST', path: '/pages/{pageId}/pass', summary: 'Pass to the next person', tags: ['on-call'] })
    .input(z.object({ pageId: id }))
    .output(pageAnswer),
  pageByLink: route
    .route({
      method: 'GET',
      path: '/page-links/{token}',
      summary: 'What a link in a page shows; reading it acknowledges nothing',
      tags: ['on-call'],
    })
    .input(z.object({ token }))
    .output(z.object({ page: pageView, person: z.string(), ticketNumber: z.string().nullable() })),
  answerByLink: route
    .route({
      method: 'POST',
      path: '/page-links/{token}',
      summary: 'Acknowledge or pass by a link in a page',
      tags: ['on-call'],
    })
    .input(z.object({ token, answer: z.enum(['acknowledge', 'pass']) }))
    .output(pageAnswer),
}
