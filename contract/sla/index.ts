import { z } from 'zod'
import { id, instant, route } from '../base.ts'

const minutes = z
  .int('must be whole minutes')
  .min(1, 'must be at least 1 minute')
  .max(525_600, 'must be at most 525600 minutes (a year)')
  .nullable()
  .meta({ description: 'Minutes; null means that there is no such target' })

export const slaClock = z.enum(
  ['support', 'always'],
  'must be support (open hours of the calendar) or always (around the clock)',
)

/** How soon for one priority. */
export const slaTarget = z
  .object({ firstResponse: minutes, resolution: minutes, clock: slaClock })
  .refine((t) => t.firstResponse === null || t.resolution === null || t.firstResponse <= t.resolution, {
    path: ['firstResponse'],
    message: 'must not be later than the resolution',
  })
export type SlaTarget = z.output<typeof slaTarget>

export const slaPriorities = ['P1', 'P2', 'P3', 'P4', 'P5'] as const
export const slaTargets = z.object({ P1: slaTarget, P2: slaTarget, P3: slaTarget, P4: slaTarget, P5: slaTarget })
export type SlaTargets = z.output<typeof slaTargets>

export const slaPolicy = z.object({
  id,
  name: z.string(),
  isDefault: z.boolean(),
  targets: slaTargets,
  updatedAt: instant,
  version: z.number(),
})

export const changeTargetsInput = z.object({ id, targets: slaTargets.partial() })

const tags = ['sla']
export const sla = {
  list: route
    .route({ method: 'GET', path: '/sla-policies', summary: 'How soon, by priority', tags })
    .input(z.object({}))
    .output(z.object({ items: z.array(slaPolicy) })),
  changeTargets: route
    .route({ method: 'PATCH', path: '/sla-policies/{id}/targets', summary: 'Change targets', tags })
    .input(changeTargetsInput)
    .output(slaPolicy),
}
