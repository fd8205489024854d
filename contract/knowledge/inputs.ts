import { z } from 'zod'
import { id, line, pageQuery, text } from '../base.ts'
import { knowledgeAudience, knowledgeKind, knowledgeRef, knowledgeState, stepKind } from './words.ts'

/** What knowledge is given. */

const stepId = z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be small letters, digits and -, at most 40')
const step = z
  .object({
    id: stepId,
    kind: stepKind,
    title: line(200),
    body: text(10_000).default(''),
    options: z
      .array(z.object({ label: line(120), goTo: stepId.nullable().default(null) }))
      .max(10, 'must be at most 10')
      .default([]),
  })
  .refine((s) => s.kind !== 'decide' || s.options.length >= 2, {
    path: ['options'],
    error: 'must be at least two, because there is something to decide',
  })
  .refine((s) => s.kind === 'decide' || s.options.length === 0, {
    path: ['options'],
    error: 'belong to a step that decides; leave them out',
  })

const steps = z
  .array(step)
  .max(100, 'must be at most 100')
  .superRefine((list, ctx) => {
    const at = new Map(list.map((s, i) => [s.id, i]))
    if (at.size < list.length) ctx.addIssue({ code: 'custom', message: 'must each have an id of its own' })
    list.forEach((s, i) => {
      s.options.forEach((o, j) => {
        if (o.goTo !== null && (at.get(o.goTo) ?? -1) <= i)
          ctx.addIssue({ code: 'custom', path: [i, 'options', j, 'goTo'], message: 'must be a later step' })
      })
    })
  })

const tag = line(40).transform((t) => t.toLowerCase())
const long = text(50_000)
const fields = {
  title: line(200),
  audience: knowledgeAudience,
  teamId: id.nullable(),
  serviceIds: z.array(id).max(50, 'must be at most 50'),
  tags: z
    .array(tag)
    .max(20, 'must be at most 20')
    .transform((list) => [...new Set(list)]),
  reviewBy: z.iso.date('must be a date such as 2027-03-31').nullable(),
  body: long,
  symptoms: long,
  cause: long,
  workaround: long.meta({ description: 'What the desk does; Markdown' }),
  answer: long.meta({ description: 'What may be sent to whoever asked, as it stands; Markdown' }),
  fix: long,
  steps,
}

export const createKnowledgeInput = z.object({
  ...fields,
  kind: knowledgeKind,
  audience: knowledgeAudience.default('internal'),
  teamId: fields.teamId.default(null),
  serviceIds: fields.serviceIds.default([]),
  tags: fields.tags.default([]),
  reviewBy: fields.reviewBy.default(null),
  body: long.default(''),
  symptoms: long.default(''),
  cause: long.default(''),
  workaround: fields.workaround.default(''),
  answer: fields.answer.default(''),
  fix: long.default(''),
  steps: steps.default([]),
})
export type CreateKnowledge = z.output<typeof createKnowledgeInput>

export const changeKnowledgeInput = z
  .object(fields)
  .partial()
  .extend({ id: knowledgeRef, why: text(500).default('').meta({ description: 'Why it was changed' }) })

export const knowledgeIdInput = z.object({ id: knowledgeRef })
export const versionsInput = pageQuery.extend({ id: knowledgeRef })
export const versionInput = z.object({ id: knowledgeRef, version: z.coerce.number().int().min(1) })

export const listKnowledgeInput = pageQuery.extend({
  q: text(200).optional().meta({ description: 'Words, also begun ones; or a number' }),
  kind: knowledgeKind.optional(),
  state: knowledgeState.optional().meta({ description: 'Without it: drafts and what is published' }),
  serviceId: id.optional(),
  teamId: id.optional(),
  tag: tag.optional(),
  review: z.enum(['due'], 'must be due').optional().meta({ description: 'Whose date of review is past' }),
})
export type ListKnowledge = z.output<typeof listKnowledgeInput>

/** What suggestions are asked with: what was told so far, and the service. The same for every feature that suggests. */
export const suggestInput = z.object({
  text: text(4_000).default('').meta({ description: 'Title and description, as far as they are written' }),
  serviceId: id.optional(),
  limit: z.coerce.number().int().min(1).max(20).default(5),
})
export type Suggest = z.output<typeof suggestInput>
