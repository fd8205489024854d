import { z } from 'zod'
import { eventType } from '../../platform/events.ts'

export const jobsImported = eventType(
  'job.imported',
  z.object({ kind: z.string(), created: z.number(), changed: z.number(), pastRuns: z.number().default(0) }),
  (d, actor) =>
    `${actor} imported jobs (${d.kind}): ${d.created} new, ${d.changed} changed${d.pastRuns > 0 ? `, ${d.pastRuns} past runs` : ''}.`,
)
