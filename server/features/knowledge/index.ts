/**
 * Knowledge: articles, known errors (symptoms, cause, workaround, answer, fix) and runbooks (steps to follow), with every
 * version kept, and what of it may help with what is told now. Promises that of two editors the second is told, that
 * nothing of history is lost, that only what is published is suggested, and that requesters read nothing but articles
 * that were published for them. Owns knowledge_items, knowledge_services, knowledge_versions and knowledge_uses. Where
 * something is used is kept by the feature that uses it; here it is counted.
 */
import type { FeatureParts } from '../../platform/registry-of-work.ts'
import { changeKnowledge } from './change.ts'
import { createKnowledge } from './create.ts'
import { knowledgeEvents } from './events.ts'
import { bringBackKnowledge, publishKnowledge, retireKnowledge, unpublishKnowledge } from './publish.ts'
import { restoreVersion } from './versions.ts'

export { because, isLike, likeness, type Word, withoutName } from './likeness.ts'
export { gistOf, plainOf } from './plain.ts'
export { knowledgeRoutes } from './routes.ts'
export {
  countUse,
  type Draft,
  draftKnowledge,
  findKnowledge,
  type KnownItem,
  sayHelped,
  stepsOfVersion,
  uncountUse,
} from './use.ts'
export { allOf, anyOf, wordsOf } from './words-of.ts'

export const knowledge: FeatureParts = {
  name: 'knowledge',
  names: [{ kind: 'knowledge', table: 'knowledge_items', column: 'number' }],
  verbs: [
    createKnowledge,
    changeKnowledge,
    publishKnowledge,
    unpublishKnowledge,
    retireKnowledge,
    bringBackKnowledge,
    restoreVersion,
  ],
  events: knowledgeEvents,
}
