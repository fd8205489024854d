import { sql } from 'kysely'
import type { KnowledgeWords } from '../../../contract/knowledge/index.ts'

/** What a version keeps, whole. */
export type Content = KnowledgeWords & {
  audience: 'internal' | 'requester'
  teamId: string | null
  serviceIds: string[]
  reviewBy: string | null
}

const stepWords = (steps: KnowledgeWords['steps']) =>
  steps.flatMap((s) => [s.title, s.body, ...s.options.map((o) => o.label)]).join('\n')

/** Longer texts are searched by their beginning: a tsvector has an end (1 MB), and so has what a reader looks for. */
const SEARCHED = 100_000

/** The words that are searched: title and tags weigh most, then the symptoms, then the rest. */
export const searchOf = (c: KnowledgeWords) => {
  const rest = [c.body, c.cause, c.workaround, c.answer, c.fix, stepWords(c.steps)].join('\n').slice(0, SEARCHED)
  return sql<string>`setweight(to_tsvector('english', ${`${c.title} ${c.tags.join(' ')}`}), 'A')
    || setweight(to_tsvector('english', ${c.symptoms.slice(0, SEARCHED)}), 'B')
    || setweight(to_tsvector('english', ${rest}), 'C')`
}

/** The columns of an item that its content fills. */
export const columnsOf = (c: Content) => ({
  title: c.title,
  audience: c.audience,
  team_id: c.teamId,
  tags: c.tags,
  body: c.body,
  symptoms: c.symptoms,
  cause: c.cause,
  workaround: c.workaround,
  answer: c.answer,
  fix: c.fix,
  steps: JSON.stringify(c.steps),
  review_by: c.reviewBy,
  search: searchOf(c),
})

/** What is the same in both is no change. */
export const sameContent = (a: Content, b: Content): boolean =>
  JSON.stringify(ordered(a)) === JSON.stringify(ordered(b))

const ordered = (c: Content) => [
  c.title,
  c.audience,
  c.teamId,
  c.tags,
  c.body,
  c.symptoms,
  c.cause,
  c.workaround,
  c.answer,
  c.fix,
  c.steps.map((s) => [s.id, s.kind, s.title, s.body, s.options.map((o) => [o.label, o.goTo])]),
  c.serviceIds.toSorted(),
  c.reviewBy,
]
