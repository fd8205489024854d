import { z } from 'zod'
import { id, line, named, pageOf, route, slug } from '../base.ts'
import { onCallListInput } from './schedule.ts'

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
    .meta({ description: 'After the step before; 0 for the first one, which is taken at once' }),
  targets: z.array(policyTarget).min(1, 'must name at least one target').max(10, 'must have at most 10 targets'),
})
const policySteps = z
  .array(policyStep)
  .min(1, 'must have at least one step')
  .max(20, 'must have at most 20 steps')
  .refine((steps) => !steps[0]?.delayMinutes, {
    path: [0, 'delayMinutes'],
    message: 'must be 0: the first step is taken at once',
  })
export const policyInput = z.object({
  slug,
  name: line(120),
  teamId: id.nullable().default(null),
  steps: policySteps,
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
export const policyPreviewInput = z.object({ steps: policySteps, repeats: policyInput.shape.repeats })
export const policyPreview = z.object({
  steps: z.array(
    z.object({
      atMinutes: z.number().nullable().meta({ description: 'After the start; null: it would not come to this step' }),
      people: z.array(z.object({ user: named.nullable(), why: z.string() })),
    }),
  ),
  rounds: z.array(z.number()).meta({ description: 'When each round begins, in minutes after the start' }),
  endsAtMinutes: z.number().meta({ description: 'When it has run out and nobody answered' }),
})

export const policyRoutes = {
  policies: route
    .route({ method: 'GET', path: '/escalation-policies', summary: 'Escalation policies', tags: ['on-call'] })
    .input(onCallListInput)
    .output(pageOf(policy)),
  policy: route
    .route({ method: 'GET', path: '/escalation-policies/{id}', summary: 'One escalation policy', tags: ['on-call'] })
    .input(z.object({ id }))
    .output(policy),
  createPolicy: route
    .route({
      method: 'POST',
      path: '/escalation-policies',
      summary: 'Make an escalation policy',
      tags: ['on-call'],
      successStatus: 201,
    })
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
  unassignPolicy: route
    .route({
      method: 'DELETE',
      path: '/escalation-policies/{id}/services/{serviceId}',
      summary: 'Take this policy from a service, which then has that of its team',
      tags: ['on-call'],
    })
    .input(assignInput)
    .output(policy),
  previewPolicy: route
    .route({
      method: 'POST',
      path: '/escalation-policies/preview',
      summary: 'Whom these steps would turn to now, and when; nobody is paged',
      tags: ['on-call'],
    })
    .input(policyPreviewInput)
    .output(policyPreview),
}
