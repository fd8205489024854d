import { z } from 'zod'

const words = z
  .string()
  .trim()
  .max(200, 'must have at most 200 characters')
  .meta({ description: 'By comma; one of them in the text is enough, in just these letters' })

/** What of its pings counts for a job, as healthchecks filters them. */
export const pingFilters = z.object({
  post: z.boolean().default(false).meta({ description: 'Only POST counts; others are kept and mean nothing' }),
  httpBody: z.boolean().default(false).meta({ description: 'Look for the words in what a ping sends' }),
  subject: z.boolean().default(false).meta({ description: 'Look for them in the subject of a mail' }),
  body: z.boolean().default(false).meta({ description: 'Look for them in the text of a mail' }),
  start: words.default('').meta({ description: 'Words that mean that a run starts' }),
  success: words.default('').meta({ description: 'Words that mean success; looked for before those of a start' }),
  failure: words.default('').meta({ description: 'Words that mean failure; looked for first' }),
  otherwise: z
    .enum(['ignore', 'fail'], 'must be ignore or fail')
    .default('ignore')
    .meta({ description: 'What it means when none of the words is there' }),
  exits: z
    .array(z.int('must be whole numbers').min(1, 'must be 1 to 255').max(255, 'must be 1 to 255'))
    .max(255)
    .optional()
    .meta({ description: 'Exit statuses beside 0 that are a success' }),
})
export type PingFilters = z.output<typeof pingFilters>

/** Nothing is filtered. */
export const noFilters: PingFilters = pingFilters.parse({})

/** Exit statuses in words as people and schedulers write them, `1, 4-7`, each once; null for anything else. */
export const exitsIn = (text: string): number[] | null => {
  const found = new Set<number>()
  for (const part of text.split(/[,\s]+/).filter(Boolean)) {
    const [, from = '', to = from] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(part) ?? []
    if (from === '' || Number(to) > 255 || Number(to) < Number(from)) return null
    for (let exit = Number(from); exit <= Number(to); exit++) found.add(exit)
  }
  return [...found].sort((a, b) => a - b)
}
