import { z } from 'zod'
import { done, id, instant, line, named, route, slug, text } from '../base.ts'
import { requestForm } from './form.ts'
import { requestIcon } from './words.ts'

/** What can be asked for. */

export const mostRequestTypes = 300

const hours = (max: number) =>
  z.int('must be a whole number of hours').min(1, 'must be at least 1 hour').max(max, `must be at most ${max} hours`)

const approvers = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('people'),
      userIds: z.array(id).min(1, 'must name somebody').max(10, 'must name at most 10 people'),
    }),
    z.strictObject({ kind: z.literal('leads'), teamId: id }),
  ],
  'must be people or the leads of a team',
)

export const approvalStage = z.strictObject({
  by: approvers,
  all: z.boolean().default(false).meta({ description: 'All of them must approve; else the first answer decides' }),
  expiryHours: hours(1_440).default(168),
  reminderHours: hours(720)
    .nullable()
    .default(24)
    .meta({ description: 'They are reminded as often as this, in hours; null: never' }),
})
export type ApprovalStage = z.output<typeof approvalStage>

export const checklistItem = z.strictObject({
  title: line(200),
  help: text(1_000).default(''),
  required: z.boolean().default(true).meta({ description: 'It must be done before the request can be resolved' }),
})
export type ChecklistItem = z.output<typeof checklistItem>

const priority = z
  .int('must be a number from 1 to 5')
  .min(1, 'must be a number from 1 to 5')
  .max(5, 'must be a number from 1 to 5')

const fields = {
  name: line(120),
  description: text(2_000),
  category: line(60),
  icon: requestIcon,
  teamId: id.meta({ description: 'The team that fulfils it' }),
  serviceId: id
    .nullable()
    .meta({ description: 'The service that it is about; null: the one that is answered, or none' }),
  priority: priority.meta({ description: 'Of its tickets, in place of impact and urgency' }),
  businessUnitIds: z
    .array(id)
    .max(200)
    .meta({ description: 'Who may ask: people of these business units; everybody when it is empty' }),
  form: requestForm,
  checklist: z.array(checklistItem).max(40, 'must have at most 40 steps'),
  approvals: z.array(approvalStage).max(5, 'must have at most 5 stages'),
}

export const typeRef = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be the id or the short name of a request type')
  .meta({ description: 'Id or short name (slug) of a request type' })

export const requestTypeInput = z.object({ id: typeRef })
export const listRequestTypesInput = z.object({
  view: z
    .enum(['mine', 'all'], 'must be mine or all')
    .default('mine')
    .meta({ description: 'mine: what I may ask for now; all: also what is retired, for those who keep the catalogue' }),
})
export const createRequestTypeInput = z.object({
  slug,
  ...fields,
  description: fields.description.default(''),
  icon: fields.icon.default('other'),
  serviceId: fields.serviceId.default(null),
  priority: fields.priority.default(4),
  businessUnitIds: fields.businessUnitIds.default([]),
  checklist: fields.checklist.default([]),
  approvals: fields.approvals.default([]),
})
export const changeRequestTypeInput = z.object(fields).partial().extend({ id: typeRef })

/** A request type as the catalogue shows it. */
export const requestTypeRow = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  category: z.string(),
  icon: requestIcon,
  retiredAt: instant.nullable(),
  needsApproval: z.boolean(),
  team: named.nullable().meta({ description: 'Who fulfils it; null for those who ask' }),
  service: named.nullable(),
})

const stageView = z.object({
  by: z.object({
    kind: z.enum(['people', 'leads']),
    people: z.array(named),
    team: named.nullable(),
  }),
  all: z.boolean(),
  expiryHours: z.number(),
  reminderHours: z.number().nullable(),
})

export const requestTypeView = requestTypeRow.extend({
  priority: z.number(),
  businessUnits: z.array(named),
  form: requestForm,
  formVersion: z.number().int().meta({ description: 'Of form, checklist and approvals; sent back with the answers' }),
  checklist: z.array(checklistItem).meta({ description: 'Empty for those who ask' }),
  approvals: z.array(stageView),
  updatedAt: instant,
  version: z.number(),
})

export const peopleInput = z.object({
  id: typeRef,
  search: line(100).refine((t) => t.length >= 2, 'must have at least 2 letters'),
})
export const foundPeople = z.object({ items: z.array(named) })

const tags = ['request types']
export const requestTypeRoutes = {
  list: route
    .route({ method: 'GET', path: '/request-types', summary: 'What can be asked for, by category and name', tags })
    .input(listRequestTypesInput)
    .output(z.object({ items: z.array(requestTypeRow) })),
  get: route
    .route({ method: 'GET', path: '/request-types/{id}', summary: 'A request type with its form', tags })
    .input(requestTypeInput)
    .output(requestTypeView),
  people: route
    .route({
      method: 'GET',
      path: '/request-types/{id}/people',
      summary: 'People who can be named in a form that asks for people, by a part of their name',
      tags,
    })
    .input(peopleInput)
    .output(foundPeople),
  create: route
    .route({ method: 'POST', path: '/request-types', summary: 'Add a request type', tags, successStatus: 201 })
    .input(createRequestTypeInput)
    .output(requestTypeView),
  change: route
    .route({
      method: 'PATCH',
      path: '/request-types/{id}',
      summary: 'Change a request type; requests that were made keep the form that they were filled with',
      tags,
    })
    .input(changeRequestTypeInput)
    .output(requestTypeView),
  retire: route
    .route({ method: 'POST', path: '/request-types/{id}/retirement', summary: 'Nobody can ask for it any more', tags })
    .input(requestTypeInput)
    .output(done),
  restore: route
    .route({ method: 'DELETE', path: '/request-types/{id}/retirement', summary: 'It can be asked for again', tags })
    .input(requestTypeInput)
    .output(done),
}
