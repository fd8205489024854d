import { z } from 'zod'
import { done, id, instant, named, pageOf, pageQuery, route, text } from '../base.ts'
import {
  knowledgeItem,
  knowledgeKind,
  knowledgeRef,
  knowledgeState,
  stepView,
  suggestInput,
} from '../knowledge/index.ts'
import { ticketKind, ticketRef, ticketState } from './words.ts'

/** What is known, used on a ticket: links, runbooks that are followed, drafts, and similar tickets. */

const by = z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() })

export const ticketKnowledge = z.object({
  item: z.object({ id, number: z.string(), kind: knowledgeKind, title: z.string(), state: knowledgeState }),
  relation: z.enum(['used', 'origin']).meta({ description: 'origin: it was written from this ticket' }),
  version: z.number().int().meta({ description: 'That is followed' }),
  newer: z.boolean().meta({ description: 'It was changed since' }),
  at: instant,
  by,
  helped: z.boolean().nullable(),
  workaround: z.string(),
  steps: z.array(stepView),
  done: z.array(
    z.object({ stepId: z.string(), at: instant, by, note: z.string(), choice: z.number().int().nullable() }),
  ),
  current: z.string().nullable().meta({ description: 'The step to do next; null when all is done, or without steps' }),
})

export const similarTicket = z.object({
  ticket: z.object({
    id,
    number: z.string(),
    kind: ticketKind,
    title: z.string(),
    state: ticketState,
    priority: z.number().int(),
    openedAt: instant,
    resolvedAt: instant.nullable(),
  }),
  service: named.nullable(),
  assignee: named.nullable(),
  resolution: z.string().meta({ description: 'How it was solved, in its first words; empty while it is open' }),
  because: z.string(),
  score: z.number(),
})

export const useKnowledgeInput = z.object({
  id: ticketRef,
  itemId: knowledgeRef,
  relation: z.enum(['used', 'origin'], 'must be used or origin').default('used'),
})
export const ofTicketInput = z.object({ id: ticketRef })
export const linkInput = z.object({ id: ticketRef, itemId: knowledgeRef })
export const judgeInput = linkInput.extend({ helped: z.boolean('must be true or false').nullable() })
const stepId = z.string().min(1).max(40)
export const tickInput = linkInput.extend({
  stepId,
  note: text(5_000).default('').meta({ description: 'Evidence: what was seen' }),
  choice: z.number().int().min(0).optional().meta({ description: 'Of a step that decides: the option, from 0' }),
})
export const untickInput = linkInput.extend({ stepId })
export const draftInput = z.object({
  id: ticketRef,
  kind: z.enum(['article', 'known_error'], 'must be article or known_error').default('article'),
})
export const similarInput = suggestInput.extend({
  except: ticketRef.optional().meta({ description: 'The ticket itself' }),
})

export const ticketsOfInput = pageQuery.extend({ itemId: knowledgeRef })

const tags = ['desk']
const path = '/tickets/{id}/knowledge'

export const ticketKnowledgeRoutes = {
  list: route
    .route({ method: 'GET', path, summary: 'What is known that was used on a ticket', tags })
    .input(ofTicketInput)
    .output(z.object({ items: z.array(ticketKnowledge) })),
  use: route
    .route({ method: 'POST', path, summary: 'Use something that is known on a ticket; a runbook is begun', tags })
    .input(useKnowledgeInput)
    .output(ticketKnowledge),
  unlink: route
    .route({ method: 'DELETE', path: `${path}/{itemId}`, summary: 'It was not used after all', tags })
    .input(linkInput)
    .output(done),
  judge: route
    .route({ method: 'PUT', path: `${path}/{itemId}/verdict`, summary: 'Say whether it helped', tags })
    .input(judgeInput)
    .output(ticketKnowledge),
  tick: route
    .route({ method: 'PUT', path: `${path}/{itemId}/steps/{stepId}`, summary: 'A step of the runbook is done', tags })
    .input(tickInput)
    .output(ticketKnowledge),
  untick: route
    .route({ method: 'DELETE', path: `${path}/{itemId}/steps/{stepId}`, summary: 'A step is not done after all', tags })
    .input(untickInput)
    .output(ticketKnowledge),
  draft: route
    .route({
      method: 'POST',
      path: `${path}/drafts`,
      summary: 'Make a draft of an article or a known error from a ticket',
      tags,
      successStatus: 201,
    })
    .input(draftInput)
    .output(z.object({ item: knowledgeItem.pick({ id: true, number: true, title: true, kind: true, version: true }) })),
  tickets: route
    .route({
      method: 'GET',
      path: '/knowledge/{itemId}/tickets',
      summary: 'Tickets it was used on, newest first',
      tags,
    })
    .input(ticketsOfInput)
    .output(
      pageOf(
        z.object({
          ticket: similarTicket.shape.ticket,
          relation: z.enum(['used', 'origin']),
          at: instant,
          by,
          helped: z.boolean().nullable(),
        }),
      ),
    ),
}

export const similarRoute = route
  .route({
    method: 'GET',
    path: '/tickets/similar',
    summary: 'Tickets like what is told, and why',
    description: 'The same service first, and what was solved before what is open, with how it was solved.',
    tags,
  })
  .input(similarInput)
  .output(z.object({ items: z.array(similarTicket) }))
