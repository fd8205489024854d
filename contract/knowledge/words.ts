import { z } from 'zod'

/** The words of knowledge, as code, API and pages use them. */

export const knowledgeKinds = ['article', 'known_error', 'runbook'] as const
export const knowledgeKind = z.enum(knowledgeKinds, 'must be article, known_error or runbook')
export type KnowledgeKind = (typeof knowledgeKinds)[number]

/** The beginning of its number, by its kind. */
export const knowledgePrefix: Record<KnowledgeKind, string> = { article: 'KB', known_error: 'KE', runbook: 'RB' }

export const knowledgeStates = ['draft', 'published', 'retired'] as const
export const knowledgeState = z.enum(knowledgeStates, 'must be draft, published or retired')
export type KnowledgeState = (typeof knowledgeStates)[number]

export const knowledgeAudience = z.enum(['internal', 'requester'], 'must be internal or requester')
export type KnowledgeAudience = z.output<typeof knowledgeAudience>

export const stepKind = z.enum(['read', 'decide', 'do'], 'must be read, decide or do')

/** An item by its id or by its number; letters of the number may be small. */
export const knowledgeRef = z
  .string()
  .trim()
  .regex(
    /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(kb|ke|rb)-[1-9]\d{0,14})$/i,
    'must be the id or the number of an article, a known error or a runbook, such as KE-12',
  )
  .meta({ description: 'Id or number of an article, a known error or a runbook' })
