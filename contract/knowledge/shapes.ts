import { z } from 'zod'
import { id, instant, named } from '../base.ts'
import { knowledgeActs } from './can.ts'
import { knowledgeAudience, knowledgeKind, knowledgeState, stepKind } from './words.ts'

/** What knowledge answers. */

const by = z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() })
const version = z.number().int()

export const stepView = z.object({
  id: z.string(),
  kind: stepKind,
  title: z.string(),
  body: z.string().meta({ description: 'Markdown' }),
  options: z
    .array(z.object({ label: z.string(), goTo: z.string().nullable().meta({ description: 'Id of a later step' }) }))
    .meta({ description: 'Of a step that decides' }),
})
export type StepView = z.output<typeof stepView>

const piece = z.object({ text: z.string(), hit: z.boolean() })

/** As lists show it. */
export const knowledgeRow = z.object({
  id,
  number: z.string(),
  kind: knowledgeKind,
  title: z.string(),
  state: knowledgeState,
  audience: knowledgeAudience,
  team: named.nullable(),
  services: z.array(named),
  tags: z.array(z.string()),
  uses: z.number().int(),
  helped: z.number().int(),
  notHelped: z.number().int(),
  reviewBy: z.string().nullable().meta({ description: 'A date' }),
  reviewDue: z.boolean(),
  updatedAt: instant,
  updatedBy: z.string().nullable(),
  headline: z.array(piece).meta({ description: 'Where the words that were looked for stand; empty without any' }),
  version,
})

/** What its words are. All texts are Markdown. */
export const knowledgeWords = z.object({
  title: z.string(),
  tags: z.array(z.string()),
  body: z.string(),
  symptoms: z.string(),
  cause: z.string(),
  workaround: z.string(),
  answer: z.string().meta({ description: 'What may be sent to whoever asked, as it stands' }),
  fix: z.string(),
  steps: z.array(stepView),
})
export type KnowledgeWords = z.output<typeof knowledgeWords>

const reason = z.string().nullable()

export const knowledgeItem = knowledgeRow.omit({ headline: true }).extend({
  ...knowledgeWords.shape,
  publishedAt: instant.nullable(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  usedThisWeek: z.number().int(),
  can: z
    .object(
      Object.fromEntries(knowledgeActs.map((act) => [act, reason])) as Record<
        (typeof knowledgeActs)[number],
        typeof reason
      >,
    )
    .meta({ description: 'For each act why not; null when it may be done' }),
})

export const knowledgeVersion = z.object({ version, at: instant, by, why: z.string(), title: z.string() })
export const knowledgeVersionFull = knowledgeVersion.extend({ words: knowledgeWords, services: z.array(named) })

/** What may help with what is being told, and why it is suggested. */
export const knowledgeSuggestion = z.object({
  id,
  number: z.string(),
  kind: knowledgeKind,
  title: z.string(),
  symptoms: z.string(),
  workaround: z.string().meta({ description: 'What the desk does, without Markdown; never for whoever asked' }),
  answer: z.string().meta({ description: 'What may be sent to whoever asked, without Markdown' }),
  gist: z.string().meta({ description: 'The first words of what to do, without Markdown' }),
  steps: z.number().int(),
  uses: z.number().int(),
  helped: z.number().int(),
  because: z.string().meta({ description: 'Why it is suggested: "same service; words: blotter, prices"' }),
  score: z.number(),
})
