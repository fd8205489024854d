import { z } from 'zod'
import { environment, id, instant, instantIn, line, named, pageOf, pageQuery, route, wallTime, zone } from '../base.ts'
import { alertRow } from './alert.ts'

/** A field of an alert that matchers look at, or `label:<name>`. */
export const matcherFields = ['source', 'service', 'host', 'environment', 'team', 'severity', 'title', 'key'] as const
export const matcherOps = ['is', 'is_not', 'contains', 'like'] as const
export type MatcherOp = (typeof matcherOps)[number]

export const matcher = z.object({
  field: line(220).refine(
    (f) => (matcherFields as readonly string[]).includes(f) || /^label:./.test(f),
    `must be one of ${matcherFields.join(', ')}, or label:<name>`,
  ),
  op: z
    .enum(matcherOps, 'must be is, is_not, contains or like')
    .meta({ description: 'like: * stands for any characters' }),
  value: line(500),
})
export type Matcher = z.output<typeof matcher>

const matchers = z
  .array(matcher)
  .min(1, 'must have at least one matcher')
  .max(20, 'must have at most 20 matchers')
  .refine(
    (list) => list.some((m) => m.op !== 'is_not' && !/^\**$/.test(m.value)),
    'must say what is silenced: at least one matcher that is not "is_not" and not just *',
  )

const teamId = id.nullable().optional().meta({
  description: 'Cover the alerts of this team alone. Without it: your team, or for administrators all',
})
const byWhom = z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() })
const reason = line(500)

export const silence = z.object({
  id,
  matchers: z.array(matcher),
  reason: z.string(),
  team: named.nullable(),
  createdBy: byWhom,
  createdAt: instant,
  startsAt: instant,
  endsAt: instant,
  endedAt: instant.nullable(),
  holding: z.number().int().max(1001).meta({ description: 'Open alerts that it holds back now' }),
  can: z.object({ change: z.string().nullable(), end: z.string().nullable() }),
  version: z.number(),
})

const recurrence = z.object({
  zone,
  weekdays: z
    .array(z.int().min(1).max(7), 'must be days from 1 (Monday) to 7 (Sunday)')
    .min(1, 'must name at least one day')
    .refine((list) => new Set(list).size === list.length, 'must name each day once'),
  from: wallTime,
  minutes: z.int().min(1, 'must be at least one minute').max(10_080, 'must be at most 10,080 minutes (a week)'),
})
export type Recurrence = z.output<typeof recurrence>

export const maintenance = z.object({
  id,
  name: z.string(),
  services: z.array(named),
  hosts: z.array(z.string()),
  environments: z.array(environment),
  reason: z.string(),
  team: named.nullable(),
  createdBy: byWhom,
  createdAt: instant,
  startsAt: instant,
  endsAt: instant.nullable(),
  recurrence: recurrence.nullable(),
  endedAt: instant.nullable(),
  now: z.boolean().meta({ description: 'Whether it lasts at present' }),
  next: z.object({ from: instant, to: instant }).nullable().meta({ description: 'The present or the next time' }),
  holding: z.number().int().max(1001),
  can: z.object({ change: z.string().nullable(), end: z.string().nullable() }),
  version: z.number(),
})

const coverage = {
  serviceIds: z.array(id).max(200, 'must have at most 200 services'),
  hosts: z.array(line(253)).max(200, 'must have at most 200 hosts'),
  environments: z.array(environment).max(4),
}

export const listSilencesInput = pageQuery.extend({
  view: z.enum(['open', 'all'], 'must be open or all').default('open').meta({ description: 'open: not over yet' }),
})
export const silenceIdInput = z.object({ id })
export const createSilenceInput = z.object({
  matchers,
  startsAt: instantIn.optional().meta({ description: 'Now, when left out' }),
  endsAt: instantIn,
  reason,
  teamId,
})
export const changeSilenceInput = z.object({ id, endsAt: instantIn.optional(), reason: reason.optional() })
export const silenceAlertInput = z.object({ id, endsAt: instantIn, reason })
export const previewSilenceInput = z.object({ matchers, teamId })

export const createMaintenanceInput = z.object({
  name: line(120),
  serviceIds: coverage.serviceIds.default([]),
  hosts: coverage.hosts.default([]),
  environments: coverage.environments.default([]),
  startsAt: instantIn,
  endsAt: instantIn.nullable().default(null),
  recurrence: recurrence.nullable().default(null),
  reason,
  teamId,
})
export const changeMaintenanceInput = z
  .object({
    name: line(120),
    ...coverage,
    startsAt: instantIn,
    endsAt: instantIn.nullable(),
    recurrence: recurrence.nullable(),
    reason,
  })
  .partial()
  .extend({ id })
export const previewMaintenanceInput = createMaintenanceInput.pick({
  serviceIds: true,
  hosts: true,
  environments: true,
  teamId: true,
})

const preview = z.object({
  count: z.number().int().max(1001).meta({ description: 'Open alerts that it would cover now' }),
  items: z.array(alertRow).meta({ description: 'The newest 20 of them' }),
})

const tags = ['silences']
const created = { tags, successStatus: 201 }
export const silenceRoutes = {
  list: route
    .route({ method: 'GET', path: '/silences', summary: 'Silences, newest first', tags })
    .input(listSilencesInput)
    .output(pageOf(silence)),
  read: route
    .route({ method: 'GET', path: '/silences/{id}', summary: 'A silence', tags })
    .input(silenceIdInput)
    .output(silence),
  create: route
    .route({ method: 'POST', path: '/silences', summary: 'Hold alerts back until a time', ...created })
    .input(createSilenceInput)
    .output(silence),
  ofAlert: route
    .route({ method: 'POST', path: '/alerts/{id}/silence', summary: 'Hold this alert back until a time', ...created })
    .input(silenceAlertInput)
    .output(silence),
  preview: route
    .route({ method: 'POST', path: '/silence-previews', summary: 'Which open alerts matchers cover', tags })
    .input(previewSilenceInput)
    .output(preview),
  change: route
    .route({ method: 'PATCH', path: '/silences/{id}', summary: 'Change its end or its reason', tags })
    .input(changeSilenceInput)
    .output(silence),
  end: route
    .route({ method: 'DELETE', path: '/silences/{id}', summary: 'End it now', tags })
    .input(silenceIdInput)
    .output(silence),
}

export const maintenanceRoutes = {
  list: route
    .route({ method: 'GET', path: '/maintenance-windows', summary: 'Maintenance windows, newest first', tags })
    .input(listSilencesInput)
    .output(pageOf(maintenance)),
  read: route
    .route({ method: 'GET', path: '/maintenance-windows/{id}', summary: 'A maintenance window', tags })
    .input(silenceIdInput)
    .output(maintenance),
  create: route
    .route({ method: 'POST', path: '/maintenance-windows', summary: 'Plan maintenance', ...created })
    .input(createMaintenanceInput)
    .output(maintenance),
  preview: route
    .route({ method: 'POST', path: '/maintenance-previews', summary: 'Which open alerts a window would cover', tags })
    .input(previewMaintenanceInput)
    .output(preview),
  change: route
    .route({ method: 'PATCH', path: '/maintenance-windows/{id}', summary: 'Change a maintenance window', tags })
    .input(changeMaintenanceInput)
    .output(maintenance),
  end: route
    .route({ method: 'DELETE', path: '/maintenance-windows/{id}', summary: 'End it for good', tags })
    .input(silenceIdInput)
    .output(maintenance),
}
