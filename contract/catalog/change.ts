import { z } from 'zod'
import { environment, id, instant, instantIn, line, named, pageQuery, text } from '../base.ts'

/** The change log of services. */

export const serviceChange = z.object({
  id,
  service: named,
  environment,
  at: instant.meta({ description: 'When it changed, as far as is known' }),
  title: z.string(),
  details: z.string(),
  origin: z.enum(['hand', 'tool', 'ticket']),
  ticketId: id.nullable(),
  by: z.string(),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
  because: z.string().meta({ description: 'Why it may matter: "same service, 2 h before"' }),
})

export const listChangesInput = pageQuery.extend({
  id,
  upstream: z
    .enum(['no', 'yes'], 'must be no or yes')
    .default('no')
    .meta({ description: 'yes: also what it depends on' }),
  since: instantIn.optional().meta({ description: 'Not older than this' }),
  before: instantIn
    .optional()
    .meta({ description: 'What happened later is left out, and reasons count back from here' }),
})
export const noteChangeInput = z.object({
  id,
  title: line(200),
  details: text(5_000).default(''),
  environment: environment.default('prod'),
  at: instantIn.optional().meta({ description: 'Now when left out' }),
})
export const removeChangeInput = z.object({ id, changeId: id })
