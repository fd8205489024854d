import { z } from 'zod'
import { eventType } from '../../platform/events.ts'

export const jobsImported = eventType(
  'job.imported',
  z.object({ kind: z.string(), created: z.number(), changed: z.number() }),
  (d, actor) => `${actor} imported jobs (${d.kind}): ${d.created} new, ${d.changed} changed.`,
)
