import { z } from 'zod'
import { id, instant, named, pageOf, route } from '../base.ts'
import { attachmentView } from './attachments.ts'
import { ticketRef, ticketState } from './words.ts'

/**
 * What everybody may know of trouble with a service: that there is some, since when, and that it is worked on. Not its
 * ticket, which may tell more than is for them.
 */

export const disturbance = z.object({
  id,
  number: z.string(),
  service: named,
  since: instant,
  state: ticketState,
  overAt: instant.nullable(),
  units: z.array(named).meta({ description: 'My own business units that it hurts' }),
  nextUpdateAt: instant
    .nullable()
    .meta({ description: 'By when support tells how it stands; null: it promised no time' }),
  mine: z
    .enum(['asked', 'affected'])
    .nullable()
    .meta({ description: 'asked: I have a ticket of my own about it; affected: I said that it hurts me too' }),
  myTicket: z.string().nullable().meta({ description: 'The number of the ticket that I have about it' }),
})
export type Disturbance = z.output<typeof disturbance>

/** With what the desk has told those whom it hurts. */
export const disturbanceDetail = disturbance.extend({
  words: z.array(
    z.object({ id, author: z.string(), body: z.string(), at: instant, attachments: z.array(attachmentView) }),
  ),
  resolution: z.string().nullable(),
})
export type DisturbanceDetail = z.output<typeof disturbanceDetail>

const joined = z.object({ disturbance })
const tags = ['desk']

export const disturbanceInput = z.object({ id: ticketRef })

export const disturbanceRoutes = {
  disturbances: route
    .route({
      method: 'GET',
      path: '/disturbances',
      summary: 'Known trouble with services in production, one line a service, and what I said hurts me',
      tags,
    })
    .output(pageOf(disturbance)),
  disturbance: route
    .route({ method: 'GET', path: '/disturbances/{id}', summary: 'A disturbance that hurts me, with the news', tags })
    .input(disturbanceInput)
    .output(disturbanceDetail),
  joinDisturbance: route
    .route({ method: 'PUT', path: '/disturbances/{id}/affected/me', summary: 'Say that it hurts me too', tags })
    .input(disturbanceInput)
    .output(joined),
  leaveDisturbance: route
    .route({ method: 'DELETE', path: '/disturbances/{id}/affected/me', summary: 'Take that back', tags })
    .input(disturbanceInput)
    .output(joined),
}
