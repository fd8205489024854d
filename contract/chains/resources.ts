import { z } from 'zod'
import { line } from '../base.ts'

export const setResourceInput = z.object({
  name: line(200).meta({ description: 'As jobs call it' }),
  units: z
    .int('must be a whole number')
    .min(0, 'must be at least 0')
    .max(1_000_000, 'must be at most 1,000,000')
    .nullable()
    .meta({ description: 'How much there is of it; null: not known, and nobody waits for it' }),
})
export const resources = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      units: z.number().nullable().meta({ description: 'null: not known, and nobody waits for it' }),
      jobs: z.number().meta({ description: 'How many jobs need it' }),
      needed: z.number().meta({ description: 'What all of them together would need' }),
    }),
  ),
})
