import { z } from 'zod'
import { route } from './base.ts'

/** What stands in files, brought in line with what is kept here, and the other way round. */

const mostText = 900_000

const file = z.object({
  name: z.string().min(1).max(500).meta({ description: 'As problems name it, such as services.yaml' }),
  text: z.string().max(mostText, `must have at most ${mostText} characters`).meta({ description: 'YAML documents' }),
})

export const applyInput = z.object({
  files: z.array(file).min(1, 'must name at least one file').max(500, 'must be at most 500 files'),
  dryRun: z.boolean().default(false).meta({ description: 'Says what would change, and changes nothing' }),
})

const change = z.object({
  kind: z.string(),
  name: z.string(),
  act: z.enum(['create', 'change', 'none']),
  file: z.string(),
  line: z.number().int(),
  fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
})
export type DeclaredChange = z.output<typeof change>

export const applied = z.object({
  dryRun: z.boolean(),
  changes: z.array(change).meta({ description: 'One for each document, in the order in which they were applied' }),
  notes: z.array(z.object({ file: z.string(), line: z.number().int(), text: z.string() })).meta({
    description: 'What was read and left out, and why',
  }),
})
export type Applied = z.output<typeof applied>

export const exportInput = z.object({
  kind: z.string().max(60).optional().meta({ description: 'Only this kind' }),
})
export const exported = z.object({
  files: z.array(z.object({ name: z.string(), text: z.string() })).meta({ description: 'One for each kind' }),
})

export const declarations = {
  apply: route
    .route({
      method: 'POST',
      path: '/declarations',
      summary: 'Bring what is kept here in line with YAML files: all of it, or nothing',
      tags: ['as code'],
    })
    .input(applyInput)
    .output(applied),
  export: route
    .route({ method: 'GET', path: '/declarations', summary: 'What is kept here, as YAML files', tags: ['as code'] })
    .input(exportInput)
    .output(exported),
}
