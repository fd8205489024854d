import { z } from 'zod'
import { environment, id, instant, line, named, pageOf, pageQuery, route } from '../base.ts'
import { linkKind } from './link-words.ts'
import { ticketActed, ticketRow } from './shapes.ts'
import { ticketKind, ticketRef, ticketState } from './words.ts'

/** Links between tickets, merging, parent and children, and who else called. */

const tags = ['desk']
const several = z
  .array(ticketRef)
  .min(1, 'must name at least one ticket')
  .max(500, 'must name at most 500 tickets at once')

export const linkTicketsInput = z.object({ id: ticketRef, kind: linkKind, to: ticketRef })
export const mergeInput = z.object({
  id: ticketRef.meta({ description: 'The ticket that goes on' }),
  tickets: several.meta({ description: 'The duplicates that are merged into it' }),
})
export const adoptInput = z.object({
  id: ticketRef.meta({ description: 'The parent' }),
  tickets: several.meta({ description: 'The tickets that become its children' }),
})

/** A ticket on the other end of a link, in as many words as a line needs. */
export const linkedTicket = ticketRow.pick({
  id: true,
  number: true,
  kind: true,
  title: true,
  state: true,
  priority: true,
  service: true,
  requester: true,
  assignee: true,
  openedVia: true,
  openedAt: true,
})

const link = z.object({
  kind: linkKind,
  way: z.enum(['out', 'back']).meta({ description: 'out: this ticket is … of the other; back: the other way round' }),
  words: z.string().meta({ description: 'How this ticket stands to the other, such as "cause of"' }),
  ticket: linkedTicket,
  at: instant,
  merged: z.boolean().meta({ description: 'The one that is the duplicate was merged into the other' }),
})

export const ticketLinks = z.object({
  links: z.array(link).meta({ description: 'The newest two hundred; children have a list of their own' }),
  parent: linkedTicket.nullable(),
  children: z.object({
    total: z.number().int().max(1001).meta({ description: '1001 stands for more than 1,000' }),
    open: z.number().int().max(1001),
    states: z.array(z.object({ state: ticketState, count: z.number().int() })),
  }),
  merged: z.number().int().meta({ description: 'How many were merged into this one' }),
  family: z
    .object({
      tickets: z.number().int(),
      people: z.number().int(),
      ofMerged: z
        .number()
        .int()
        .meta({ description: 'Of them, those of what was merged into it: each reply reaches them' }),
    })
    .meta({ description: 'Whom one reply to all would reach beside its own requester and watchers' }),
  callers: z.array(z.object({ id, person: named.nullable(), unit: named.nullable(), words: z.string(), at: instant })),
})

export const childrenInput = pageQuery.extend({ id: ticketRef })

/** Open tickets that may be about the same. */
export const candidate = linkedTicket.extend({
  callers: z.number().int().meta({ description: 'How many people are counted on it' }),
  environment,
  reason: z.string().meta({ description: 'Why it is offered, such as "same service, similar words"' }),
})
export type Candidate = z.output<typeof candidate>

export const candidatesInput = z.object({
  id: ticketRef.optional().meta({ description: 'For this ticket; it is not offered itself' }),
  serviceId: id.optional(),
  environment: environment.optional(),
  kind: ticketKind.optional(),
  q: line(200).optional().meta({ description: 'Words of a title, or a number; without it: what may be the same' }),
  closed: z.enum(['yes', 'no']).default('no').meta({ description: 'Whether tickets that are over are found by words' }),
})

export const helperInput = z.object({
  id: ticketRef,
  userId: z.union([id, z.literal('me')], 'must be the id of a person, or me'),
})

export const addCallerInput = z.object({
  id: ticketRef,
  userId: id
    .optional()
    .meta({ description: 'Who called, if he has an account: he gets a ticket of his own, as a child' }),
  businessUnitId: id.optional().meta({ description: 'The desk or branch that called' }),
  words: line(500).meta({ description: 'What was said' }),
})

/** These routes; they stand among those of the desk. */
export const linkRoutes = {
  links: route
    .route({
      method: 'GET',
      path: '/tickets/{id}/links',
      summary: 'What a ticket has to do with others: links, parent, children in numbers, who else called',
      tags,
    })
    .input(z.object({ id: ticketRef }))
    .output(ticketLinks),
  children: route
    .route({ method: 'GET', path: '/tickets/{id}/children', summary: 'The children of a ticket, newest first', tags })
    .input(childrenInput)
    .output(pageOf(linkedTicket)),
  candidates: route
    .route({
      method: 'GET',
      path: '/tickets/candidates',
      summary: 'Tickets that may be about the same, each with its reason, or by words or number',
      tags,
    })
    .input(candidatesInput)
    .output(z.object({ items: z.array(candidate) })),
  link: route
    .route({ method: 'PUT', path: '/tickets/{id}/links/{kind}/{to}', summary: 'Link it to another', tags })
    .input(linkTicketsInput)
    .output(ticketActed),
  unlink: route
    .route({ method: 'DELETE', path: '/tickets/{id}/links/{kind}/{to}', summary: 'Take a link away', tags })
    .input(linkTicketsInput)
    .output(ticketActed),
  adopt: route
    .route({ method: 'POST', path: '/tickets/{id}/children', summary: 'Put tickets under it as its children', tags })
    .input(adoptInput)
    .output(ticketActed),
  disown: route
    .route({ method: 'DELETE', path: '/tickets/{id}/children', summary: 'Take children away from it', tags })
    .input(adoptInput)
    .output(ticketActed),
  merge: route
    .route({
      method: 'POST',
      path: '/tickets/{id}/merges',
      summary: 'Merge duplicates into it: it goes on for all of them',
      description:
        'The duplicates are cancelled, and whoever asked for one goes on reading his own; all or none. It can be taken back.',
      tags,
    })
    .input(mergeInput)
    .output(ticketActed),
  unmerge: route
    .route({
      method: 'DELETE',
      path: '/tickets/{id}/merges',
      summary: 'Take a merging back: the duplicates are again what they were',
      tags,
    })
    .input(mergeInput)
    .output(ticketActed),
  addCaller: route
    .route({
      method: 'POST',
      path: '/tickets/{id}/callers',
      summary: 'Somebody else called about the same: a child for a person, else the caller is counted',
      tags,
    })
    .input(addCallerInput)
    .output(ticketActed.extend({ child: z.object({ id, number: z.string() }).nullable() })),
  help: route
    .route({
      method: 'PUT',
      path: '/tickets/{id}/helpers/{userId}',
      summary: 'Join as a helper, or ask somebody to help',
      tags,
    })
    .input(helperInput)
    .output(ticketActed),
  stopHelping: route
    .route({ method: 'DELETE', path: '/tickets/{id}/helpers/{userId}', summary: 'Help no longer', tags })
    .input(helperInput)
    .output(ticketActed),
}
