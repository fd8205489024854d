import type { KnowledgeKind, KnowledgeState } from './words.ts'

/** What may be done to an item in its state: null when it may, else the sentence that says why not and what to do. */
export type KnowledgeRuled = {
  number: string
  kind: KnowledgeKind
  state: KnowledgeState
  steps: readonly unknown[]
  body: string
  symptoms: string
}

export const knowledgeActs = ['change', 'publish', 'unpublish', 'retire', 'bringBack', 'use'] as const
export type KnowledgeAct = (typeof knowledgeActs)[number]

const lacks = (i: KnowledgeRuled): string | null => {
  if (i.kind === 'runbook' && i.steps.length === 0)
    return `${i.number} has no steps yet. Write at least one before you publish it.`
  if (i.kind === 'known_error' && !i.symptoms.trim())
    return `${i.number} says nothing of its symptoms. Write by what one knows it before you publish it.`
  if (i.kind === 'article' && !i.body.trim()) return `${i.number} has no text yet. Write it before you publish it.`
  return null
}

const retired = (i: KnowledgeRuled) => `${i.number} is retired. Bring it back first.`

export const canKnowledge: Record<KnowledgeAct, (i: KnowledgeRuled) => string | null> = {
  change: (i) => (i.state === 'retired' ? retired(i) : null),
  publish: (i) =>
    i.state === 'published' ? `${i.number} is published already.` : i.state === 'retired' ? retired(i) : lacks(i),
  unpublish: (i) =>
    i.state === 'published' ? null : i.state === 'retired' ? retired(i) : `${i.number} is a draft already.`,
  retire: (i) => (i.state === 'retired' ? `${i.number} is retired already.` : null),
  bringBack: (i) => (i.state === 'retired' ? null : `${i.number} is not retired.`),
  use: (i) =>
    i.state === 'published' ? null : i.state === 'retired' ? retired(i) : `${i.number} is a draft. Publish it first.`,
}

/** For each act why not; null when it may be done. */
export const knowledgeVerdicts = (i: KnowledgeRuled): Record<KnowledgeAct, string | null> =>
  Object.fromEntries(knowledgeActs.map((act) => [act, canKnowledge[act](i)])) as Record<KnowledgeAct, string | null>
