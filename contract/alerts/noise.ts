import { z } from 'zod'
import { id, instant, route, zone } from '../base.ts'

export const noiseDays = [1, 7, 28] as const

export const noiseInput = z.object({
  days: z.coerce
    .number()
    .refine((n) => (noiseDays as readonly number[]).includes(n), 'must be 1, 7 or 28')
    .default(7),
  zone: zone.default('UTC').meta({ description: 'Whose hours are meant' }),
})

export const noise = z.object({
  from: instant,
  sources: z
    .array(
      z.object({
        source: z.object({ id, name: z.string() }),
        total: z.number(),
        hours: z
          .array(z.number())
          .length(24)
          .meta({ description: 'Alerts that began in each hour of the day, from 0' }),
      }),
    )
    .max(50)
    .meta({ description: 'The loudest first, 50 at most; sources without an alert are left out' }),
})

export const noiseRoutes = {
  noise: route
    .route({
      method: 'GET',
      path: '/alert-noise',
      summary: 'When alerts begin: by source and hour of the day',
      tags: ['alerts'],
    })
    .input(noiseInput)
    .output(noise),
}
