import { z } from 'zod'
import { environment, id, instant, instantIn, line, named, route, wallTime, zone } from '../base.ts'
import { pendingReason, pendingReasons, ticketKind } from '../desk/words.ts'

const minutes = z
  .int('must be whole minutes')
  .min(1, 'must be at least 1 minute')
  .max(525_600, 'must be at most 525600 minutes (a year)')
  .nullable()
  .meta({ description: 'Minutes; null means that there is no such target' })

export const slaHours = z.enum(
  ['support', 'always'],
  'must be support (open hours of the calendar) or always (around the clock)',
)

/** How soon for one priority. `update` is how long a requester who wrote again waits for a word. */
export const slaTarget = z
  .object({ firstResponse: minutes, update: minutes, resolution: minutes, clock: slaHours })
  .refine((t) => t.firstResponse === null || t.resolution === null || t.firstResponse <= t.resolution, {
    path: ['firstResponse'],
    message: 'must not be later than the resolution',
  })
export type SlaTarget = z.output<typeof slaTarget>

export const slaPriorities = ['P1', 'P2', 'P3', 'P4', 'P5'] as const
export const slaTargets = z.object({ P1: slaTarget, P2: slaTarget, P3: slaTarget, P4: slaTarget, P5: slaTarget })
export type SlaTargets = z.output<typeof slaTargets>

export const slaClocks = ['first_response', 'update', 'resolution', 'cut_off'] as const
export const slaClock = z.enum(slaClocks)
export type SlaClockName = (typeof slaClocks)[number]

export const slaClockWords: Record<SlaClockName, string> = {
  first_response: 'First response',
  update: 'Next update',
  resolution: 'Resolution',
  cut_off: 'Cut-off',
}

/**
 * Where a clock stands. `breached` is over time, whether it still runs or was stopped too late; `breached_on_reclass`
 * was over time at once when the priority (or the policy) changed, and is counted apart in reports.
 */
export const slaStates = ['running', 'paused', 'met', 'breached', 'breached_on_reclass', 'cancelled'] as const
export const slaState = z.enum(slaStates)
export type SlaState = (typeof slaStates)[number]

const some = <T extends z.ZodType>(item: T, most: number) => z.array(item).max(most, `must be at most ${most}`)
const priority = z.int().min(1, 'must be 1 to 5').max(5, 'must be 1 to 5')
const weekday = z.int('must be 1 (Monday) to 7 (Sunday)').min(1, 'must be 1 (Monday) to 7').max(7, 'must be 1 to 7')

/** Which tickets a policy is for: each list that is not empty must hold the ticket's own; all empty is any ticket. */
export const slaAppliesTo = z.object({
  serviceIds: some(id, 500),
  businessUnitIds: some(id, 500).meta({ description: 'Units that use the service, or one that depends on it' }),
  kinds: some(ticketKind, 4),
  environments: some(environment, 4),
  priorities: some(priority, 5),
})
export type SlaAppliesTo = z.output<typeof slaAppliesTo>

/** A clock that ends at a time of day: "fixed before the New York close". */
export const slaCutOff = z.object({
  name: line(100),
  atTime: wallTime,
  zone,
  days: some(weekday, 7).min(1, 'must have a day'),
  priorities: some(priority, 5).meta({ description: 'Empty: all' }),
  warnMinutes: z.int().min(0).max(1_440, 'must be at most 1440').meta({ description: 'Minutes before, by the wall' }),
})
export type SlaCutOff = z.output<typeof slaCutOff>

export const reopenRules = ['resume', 'continue', 'new_cycle'] as const
export const reclassRules = ['retroactive', 'from_change'] as const

const rules = {
  name: line(100),
  appliesTo: slaAppliesTo,
  targets: slaTargets,
  calendarId: id.nullable().meta({ description: "null: the support calendar of the ticket's service" }),
  warnPercent: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(99, 'must be at most 99')
    .nullable()
    .meta({ description: 'Warns when so much of the time is used, in open time; null: no warning' }),
  onReopen: z
    .enum(reopenRules, 'must be resume, continue or new_cycle')
    .meta({ description: 'resume: the time it was resolved does not count; continue: it does; new_cycle: from zero' }),
  onReclass: z
    .enum(reclassRules, 'must be retroactive or from_change')
    .meta({ description: 'Another priority counts from the opening, or from the change' }),
  pauseReasons: some(pendingReason, pendingReasons.length).meta({ description: 'Waiting for these stops the clocks' }),
  cutOffs: some(slaCutOff, 20),
}

export const slaPolicy = z.object({
  ...rules,
  id,
  isDefault: z.boolean(),
  position: z.int().meta({ description: 'They are tried in this order; the default comes last' }),
  calendar: named.nullable(),
  services: z.array(named).meta({ description: 'Names of what it is for' }),
  businessUnits: z.array(named),
  updatedAt: instant,
  version: z.number(),
})

const applies = slaAppliesTo.extend({
  serviceIds: slaAppliesTo.shape.serviceIds.default([]),
  businessUnitIds: slaAppliesTo.shape.businessUnitIds.default([]),
  kinds: slaAppliesTo.shape.kinds.default([]),
  environments: slaAppliesTo.shape.environments.default([]),
  priorities: slaAppliesTo.shape.priorities.default([]),
})

export const createPolicyInput = z.object({
  ...rules,
  appliesTo: applies.default({ serviceIds: [], businessUnitIds: [], kinds: [], environments: [], priorities: [] }),
  calendarId: rules.calendarId.default(null),
  warnPercent: rules.warnPercent.default(75),
  onReopen: rules.onReopen.default('resume'),
  onReclass: rules.onReclass.default('retroactive'),
  pauseReasons: rules.pauseReasons.default([...pendingReasons]),
  cutOffs: rules.cutOffs.default([]),
})
export const changePolicyInput = z
  .object({ ...rules, appliesTo: applies })
  .partial()
  .extend({ id, targets: slaTargets.partial().optional() })
export const policyInput = z.object({ id })
export const movePolicyInput = z.object({
  id,
  before: id.nullable().meta({ description: 'The policy that it comes to stand before; null: last of those tried' }),
})

/** What a policy that is being written would mean. */
export const previewPolicyInput = z.object({
  targets: slaTargets,
  calendarId: rules.calendarId.default(null),
  warnPercent: rules.warnPercent.default(75),
  cutOffs: rules.cutOffs.default([]),
  serviceId: id.optional().meta({ description: 'Counted in the calendar of this service' }),
  from: instantIn.optional().meta({ description: 'Opened then; now, when left away' }),
})
export const slaPreview = z.object({
  from: instant,
  calendar: z.string().meta({ description: 'Whose open hours count' }),
  priorities: z.array(
    z.object({
      priority: z.string(),
      counted: z.string().meta({
        description:
          'How its time is counted: in whose open hours, or around the clock, and why when open hours are asked for',
      }),
      clocks: z.array(
        z.object({
          clock: slaClock,
          label: z.string(),
          dueAt: instant.nullable(),
          warnAt: instant.nullable(),
          text: z.string().meta({ description: 'How it was counted, in a sentence' }),
        }),
      ),
    }),
  ),
})

const tags = ['sla']
export const sla = {
  list: route
    .route({
      method: 'GET',
      path: '/sla-policies',
      summary: 'SLA policies, in the order in which they are tried',
      tags,
    })
    .output(z.object({ items: z.array(slaPolicy) })),
  read: route
    .route({ method: 'GET', path: '/sla-policies/{id}', summary: 'An SLA policy', tags })
    .input(policyInput)
    .output(slaPolicy),
  preview: route
    .route({
      method: 'POST',
      path: '/sla-policies/preview',
      summary: 'When tickets opened now would be due by these targets; nothing is saved',
      tags,
    })
    .input(previewPolicyInput)
    .output(slaPreview),
  create: route
    .route({ method: 'POST', path: '/sla-policies', summary: 'Add an SLA policy', tags, successStatus: 201 })
    .input(createPolicyInput)
    .output(slaPolicy),
  change: route
    .route({
      method: 'PATCH',
      path: '/sla-policies/{id}',
      summary: 'Change an SLA policy; open clocks are computed anew, closed ones stay',
      tags,
    })
    .input(changePolicyInput)
    .output(slaPolicy),
  move: route
    .route({ method: 'PUT', path: '/sla-policies/{id}/position', summary: 'Change the order of SLA policies', tags })
    .input(movePolicyInput)
    .output(slaPolicy),
  delete: route
    .route({ method: 'DELETE', path: '/sla-policies/{id}', summary: 'Delete an SLA policy', tags })
    .input(policyInput)
    .output(z.object({ ok: z.literal(true) })),
}
