import type { z } from 'zod'
import type { createKnowledgeInput } from '../../../contract/knowledge/inputs.ts'
import type { Item, Step, Words } from './words.ts'

/** What the editor holds. */
export type Draft = Words & {
  kind: Item['kind']
  audience: Item['audience']
  teamId: string | null
  services: { id: string; name: string }[]
  reviewBy: string | null
}

export const emptyDraft = (kind: Item['kind']): Draft => ({
  kind,
  title: '',
  tags: [],
  body: '',
  symptoms: '',
  cause: '',
  workaround: '',
  answer: '',
  fix: '',
  steps: [],
  audience: 'internal',
  teamId: null,
  services: [],
  reviewBy: null,
})

export const draftOf = (item: Item): Draft => ({
  kind: item.kind,
  title: item.title,
  tags: item.tags,
  body: item.body,
  symptoms: item.symptoms,
  cause: item.cause,
  workaround: item.workaround,
  answer: item.answer,
  fix: item.fix,
  steps: item.steps,
  audience: item.audience,
  teamId: item.team?.id ?? null,
  services: item.services,
  reviewBy: item.reviewBy,
})

/** What the API is sent: what belongs to another kind is left away. */
export const inputOf = (draft: Draft): z.input<typeof createKnowledgeInput> => {
  const known = draft.kind === 'known_error'
  return {
    kind: draft.kind,
    title: draft.title.trim(),
    tags: draft.tags,
    body: draft.body,
    symptoms: known ? draft.symptoms : '',
    cause: known ? draft.cause : '',
    workaround: known ? draft.workaround : '',
    answer: known ? draft.answer : '',
    fix: known ? draft.fix : '',
    steps: draft.kind === 'runbook' ? draft.steps : [],
    audience: draft.kind === 'article' ? draft.audience : 'internal',
    teamId: draft.teamId,
    serviceIds: draft.services.map(({ id }) => id),
    reviewBy: draft.reviewBy,
  }
}

export const draftFields = [
  'title',
  'tags',
  'body',
  'symptoms',
  'cause',
  'workaround',
  'answer',
  'fix',
  'steps',
  'audience',
  'teamId',
  'serviceIds',
  'reviewBy',
]

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** A step's own name, by which options lead to it wherever it is moved. */
export const newStep = (kind: Step['kind']): Step => ({
  id: Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => letters[byte % letters.length]).join(''),
  kind,
  title: '',
  body: '',
  options:
    kind === 'decide'
      ? [
          { label: 'Yes', goTo: null },
          { label: 'No', goTo: null },
        ]
      : [],
})

/** Options lead forward only: what does not any more after a move goes on with the next step. */
export const forward = (steps: readonly Step[]): Step[] =>
  steps.map((step, at) => ({
    ...step,
    options: step.options.map((option) => ({
      ...option,
      goTo: steps.findIndex(({ id }) => id === option.goTo) > at ? option.goTo : null,
    })),
  }))

export const moved = (steps: readonly Step[], at: number, by: -1 | 1): Step[] => {
  const next = [...steps]
  const [step] = next.splice(at, 1)
  if (step) next.splice(at + by, 0, step)
  return forward(next)
}

/** What is missing before it can be sent: sentences by field. */
export const missing = (draft: Draft): Record<string, string> => ({
  ...(draft.title.trim() ? {} : { title: 'Say in a line what it is about.' }),
  ...(draft.kind === 'runbook' && draft.steps.some(({ title }) => !title.trim())
    ? { steps: 'Each step needs a line that says what to do.' }
    : {}),
})
