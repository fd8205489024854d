import { z } from 'zod'
import { instant, line, text } from '../base.ts'

export const setGlobalInput = z.object({
  name: line(200).meta({ description: 'As conditions call it' }),
  value: text(1_000)
    .nullable()
    .meta({ description: 'What it is now; null: not known, and conditions take it to be as wanted' }),
})
export const globals = z.object({
  items: z.array(
    z.object({
      name: z.string(),
      value: z.string().nullable().meta({ description: 'null: not known, and conditions take it to be as wanted' }),
      jobs: z.number().meta({ description: 'How many jobs wait for it' }),
      setAt: instant.nullable(),
    }),
  ),
})
