import { z } from 'zod'
import { environment, id, instant, line, named, wallTime, zone } from '../base.ts'
import { jobOutcome, within } from '../jobs/waits.ts'
import { jobStatus } from '../jobs/words.ts'
import { finding, nightEdge } from './night.ts'

const levels = z.coerce.number().int().min(0).max(50, 'must be at most 50')

export const graphInput = z.object({
  id,
  up: levels.default(3).meta({ description: 'How many levels of what it waits for' }),
  down: levels.default(3).meta({ description: 'How many levels of what waits for it' }),
})

export const graphJob = z.object({
  id,
  name: z.string(),
  service: named.nullable(),
  team: named.nullable(),
  environment,
  origin: z.string().nullable().meta({ description: 'The kind of its scheduler, of one that was imported' }),
  isBox: z.boolean(),
  box: id.nullable(),
  level: z.number().meta({ description: 'From the job: negative before it, positive after it' }),
  state: jobStatus,
  condition: z.string().nullable().meta({ description: 'What it waits for, in words' }),
  deadlines: z.array(named).meta({ description: 'Of which it is the last job' }),
  hasMore: z.object({ up: z.boolean(), down: z.boolean() }).meta({ description: 'There are more beyond the levels' }),
})
export type GraphJob = z.output<typeof graphJob>

export const jobGraph = z.object({
  job: named,
  jobs: z.array(graphJob),
  edges: z.array(nightEdge),
  findings: z.array(finding),
  cut: z.boolean().meta({ description: 'There are more than 5,000; what is furthest is left out' }),
})

export const drawEdgeInput = z.object({
  fromJobId: id.meta({ description: 'The job that comes before' }),
  toJobId: id.meta({ description: 'The job that waits' }),
  is: jobOutcome.default('succeeded'),
  within: within.default('same-date'),
  reason: line(500).meta({ description: 'How one knows' }),
})
export const edgeIdInput = z.object({ id })
export const drawnEdge = z.object({
  id,
  from: named,
  to: named,
  is: jobOutcome,
  within,
  reason: z.string(),
  by: z.string(),
  at: instant,
})

export const setCutInput = z.object({ zone, cut: wallTime })
export const cuts = z.object({
  usual: z.string(),
  items: z.array(z.object({ zone: z.string(), cut: z.string() })).meta({ description: 'Zones with another one' }),
})
export const feedAddress = z.object({ url: z.string().meta({ description: 'Shown once. Whoever knows it may read' }) })
export const hasFeed = z.object({ since: instant.nullable().meta({ description: 'null: there is none' }) })
