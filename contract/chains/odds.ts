import { z } from 'zod'
import { id, instant, named } from '../base.ts'
import { nightState } from './words.ts'

const mostJobsAsked = 200

/** Ids by comma. A list passes as well: a route parses its input before the query parses it again. */
const ids = z.preprocess(
  (given) => (typeof given === 'string' ? given.split(',').map((one) => one.trim()) : given),
  z.array(id).max(mostJobsAsked, `must be at most ${mostJobsAsked} jobs`),
) as unknown as z.ZodType<string[], string>

export const oddsInput = z.object({
  jobs: ids.meta({ description: `Ids of jobs, by comma; at most ${mostJobsAsked}` }),
})

/** What hangs on a job: of its deadlines the one that needs somebody first. */
export const oddsOfJob = z.object({
  job: id,
  deadline: named,
  zone: z.string(),
  state: nightState.nullable().meta({ description: 'Of its night that matters now; null: not predicted yet' }),
  odds: z.number().nullable().meta({ description: 'That it is missed, 0 to 1; null where nobody can say' }),
  dueAt: instant.nullable(),
  more: z.number().meta({ description: 'How many other deadlines hang on the job' }),
})
export const oddsFound = z.object({
  items: z.array(oddsOfJob).meta({ description: 'Jobs on which no deadline hangs are left out' }),
})
