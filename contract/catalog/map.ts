import { z } from 'zod'
import { id } from '../base.ts'
import { serviceRef } from './service.ts'

/** So many services are drawn; beyond that nobody finds his way. */
export const mostOnMap = 300

export const serviceMapInput = z.object({
  around: id.optional().meta({ description: 'Only this service, all that it needs, and all that needs it' }),
})

export const serviceMap = z.object({
  services: z.array(
    serviceRef.extend({
      units: z
        .array(z.object({ name: z.string(), people: z.number().int().nullable() }))
        .meta({ description: 'Business units that use it themselves, not through another service' }),
    }),
  ),
  edges: z.array(z.object({ from: id, to: id })).meta({ description: 'from depends on to' }),
  more: z.boolean().meta({ description: `There are more than ${mostOnMap}: the most critical ones are here` }),
})
export type ServiceMap = z.output<typeof serviceMap>
