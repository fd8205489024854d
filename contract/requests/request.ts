import { z } from 'zod'
import { id, instant, line, named, route } from '../base.ts'
import { ticketActed, ticketRef } from '../desk/index.ts'
import { answersInput, requestForm } from './form.ts'
import { typeRef } from './request-type.ts'
import { approvalStates, requestStates } from './words.ts'

/** What was asked for, and what is done for it. */

export const submitRequestInput = z.object({
  typeId: typeRef,
  formVersion: z
    .int()
    .optional()
    .meta({ description: 'Of the form that was filled; when there is a newer one it is refused, and nothing is sent' }),
  answers: answersInput,
  title: line(200).optional().meta({ description: 'The name of the type and the first answer when left out' }),
  requesterId: id.optional().meta({ description: 'Who asks; requesters themselves need not say so' }),
})

export const answerView = z.object({
  name: z.string(),
  title: z.string(),
  text: z.string().meta({ description: 'The answer in words' }),
})

/** One who was asked. */
export const approvalOf = z.object({
  id,
  stage: z.number().int(),
  person: named.nullable(),
  state: z.enum(approvalStates),
  why: z.string(),
  reason: z.string().nullable(),
  askedAt: instant,
  expiresAt: instant,
  decidedAt: instant.nullable(),
  byLink: z.boolean(),
  reminders: z.number().int(),
})

export const stepView = z.object({
  id,
  title: z.string(),
  help: z.string(),
  required: z.boolean(),
  doneAt: instant.nullable(),
  doneBy: z.string().nullable(),
})

const why = z.string().nullable().meta({ description: 'Null when it may be done, else why not' })

export const requestView = z.object({
  id,
  ticket: z.object({ id, number: z.string(), title: z.string() }),
  type: z.object({ id, slug: z.string(), name: z.string() }),
  formVersion: z.number().int(),
  form: requestForm,
  answers: z.array(answerView),
  given: z.record(z.string(), z.unknown()).meta({ description: 'The answers as they were sent' }),
  summary: z.string().meta({ description: 'The answers as the description of the ticket had them at first' }),
  requester: named.nullable(),
  state: z.enum(requestStates),
  stage: z.number().int(),
  stages: z.number().int(),
  approvals: z.array(approvalOf),
  steps: z.array(stepView).meta({ description: 'Empty for those who ask' }),
  createdAt: instant,
  decidedAt: instant.nullable(),
  can: z.object({ tick: why, askAgain: why, delegate: z.boolean() }),
})
export type RequestView = z.output<typeof requestView>

export const requestOfInput = z.object({ id: ticketRef })
export const requestIdInput = z.object({ id })
export const stepInput = z.object({ id, stepId: id })

const tags = ['requests']
export const requestRoutes = {
  submit: route
    .route({ method: 'POST', path: '/requests', summary: 'Ask for something', tags, successStatus: 201 })
    .input(submitRequestInput)
    .output(ticketActed.extend({ request: requestView })),
  ofTicket: route
    .route({
      method: 'GET',
      path: '/tickets/{id}/request',
      summary: 'What was asked for by a ticket: answers, approvals, checklist; null when no form was filled',
      tags,
    })
    .input(requestOfInput)
    .output(z.object({ request: requestView.nullable() })),
  tick: route
    .route({ method: 'PUT', path: '/requests/{id}/steps/{stepId}', summary: 'A step of its checklist is done', tags })
    .input(stepInput)
    .output(requestView),
  untick: route
    .route({ method: 'DELETE', path: '/requests/{id}/steps/{stepId}', summary: 'A step is not done after all', tags })
    .input(stepInput)
    .output(requestView),
  askAgain: route
    .route({
      method: 'POST',
      path: '/requests/{id}/approvals',
      summary: 'Ask for its approvals anew, after they expired or were refused',
      tags,
    })
    .input(requestIdInput)
    .output(requestView),
}
