import { z } from 'zod'
import { eventType } from '../../platform/events.ts'

/** What is recorded about knowledge. All of it is the desk's own. */

const item = z.object({ number: z.string(), title: z.string() })

export const knowledgeCreated = eventType(
  'knowledge.created',
  item.extend({ kind: z.string(), from: z.string().nullable() }),
  (d, who) => `${who} began ${d.number} ${d.title}${d.from ? `, from ${d.from}` : ''}.`,
)

export const knowledgeChanged = eventType(
  'knowledge.changed',
  item.extend({ version: z.number(), fields: z.array(z.string()), why: z.string() }),
  (d, who) => `${who} changed the ${d.fields.join(', ')} of ${d.number} ${d.title}${d.why ? `: ${d.why}` : '.'}`,
)

export const knowledgePublished = eventType(
  'knowledge.published',
  item.extend({ audience: z.string() }),
  (d, who) => `${who} published ${d.number} ${d.title}${d.audience === 'requester' ? ' for everybody' : ''}.`,
  'good',
)

export const knowledgeUnpublished = eventType(
  'knowledge.unpublished',
  item,
  (d, who) => `${who} took ${d.number} ${d.title} back to a draft.`,
)

export const knowledgeRetired = eventType(
  'knowledge.retired',
  item,
  (d, who) => `${who} retired ${d.number} ${d.title}.`,
)

export const knowledgeBroughtBack = eventType(
  'knowledge.brought_back',
  item,
  (d, who) => `${who} brought ${d.number} ${d.title} back, as a draft.`,
)

export const knowledgeRestored = eventType(
  'knowledge.restored',
  item.extend({ from: z.number(), version: z.number() }),
  (d, who) => `${who} took the words of version ${d.from} of ${d.number} ${d.title} again.`,
)

export const knowledgeEvents = [
  knowledgeCreated,
  knowledgeChanged,
  knowledgePublished,
  knowledgeUnpublished,
  knowledgeRetired,
  knowledgeBroughtBack,
  knowledgeRestored,
]
