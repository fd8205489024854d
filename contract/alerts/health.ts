import { z } from 'zod'
import { environment, id, instant, line, pageOf, pageQuery, route } from '../base.ts'
import { healthState } from './words.ts'

/** Cells of a strip: a quarter of an hour each, over the last 24 hours. */
export const cellMinutes = 15
export const stripCells = 96

export const serviceHealth = z.object({
  service: z.object({ id, slug: z.string(), name: z.string(), kind: z.string(), tier: z.number() }),
  environment,
  state: healthState,
  since: instant.nullable(),
  firing: z.number().int().max(1001).meta({ description: 'Open alerts; 1001 stands for more than 1,000' }),
  maintenance: z.string().nullable().meta({ description: 'The name of the maintenance that lasts now' }),
  strip: z.array(z.object({ state: healthState, cells: z.number().int() })).meta({
    description: `The worst of each ${cellMinutes} minutes, run by run, oldest first; ${stripCells} cells in all`,
  }),
})

export const listHealthInput = pageQuery.extend({
  limit: z.coerce.number().int().min(1).max(500, 'must be at most 500').default(100),
  serviceId: id.optional(),
  environment: environment.optional(),
  search: line(100).optional(),
})

export const healthRoutes = {
  list: route
    .route({
      method: 'GET',
      path: '/service-health',
      summary: 'Health of services with their last 24 hours, the worst first',
      tags: ['alerts'],
    })
    .input(listHealthInput)
    .output(pageOf(serviceHealth).extend({ from: instant.meta({ description: 'Where the strips begin' }) })),
}
