import { z } from 'zod'
import { environment, id, instant, instantIn, line, named, route, zone } from '../base.ts'
import { candidate } from './links.ts'
import { ticketActed } from './shapes.ts'
import { level, ticketRef } from './words.ts'

/** The phone log: one line that is typed during a call becomes a ticket, or a caller of one that is open. */

export const phoneParts = [
  'service',
  'unit',
  'person',
  'since',
  'priority',
  'impact',
  'urgency',
  'environment',
] as const
export type PhonePart = (typeof phoneParts)[number]
const phonePart = z.enum(phoneParts, `must be ${phoneParts.slice(0, -1).join(', ')} or ${phoneParts.at(-1)}`)

const priority = z.coerce.number<number>().pipe(z.literal([1, 2, 3, 4, 5], 'must be a number from 1 to 5'))

/** What is known for sure, because somebody chose it; it counts before what the line says. */
const chosen = {
  serviceId: id.optional(),
  businessUnitId: id.optional().meta({ description: 'The desk or branch that called' }),
  userId: id.optional().meta({ description: 'Who called' }),
  environment: environment.optional(),
  impact: level.optional(),
  urgency: level.optional(),
}

export const readPhoneLineInput = z.object({
  line: z
    .string()
    .max(500, 'must have at most 500 characters')
    .meta({ description: 'As it is typed: eqd cannot price since 0915 P2' }),
  ...chosen,
  // As text in an address, and as a list when it is parsed again.
  not: z
    .preprocess(
      (parts) => (typeof parts === 'string' ? parts.split(',').filter(Boolean) : parts),
      z.array(phonePart).max(phoneParts.length).optional(),
    )
    .meta({ description: 'Parts that were understood wrongly and stay unread, by comma: person,since' }),
  zone: zone.optional().meta({ description: 'Where the times of day are meant; without it, the zone of whoever asks' }),
})

const meant = named.extend({
  words: z.string().meta({ description: 'What of the line says so; empty when it only follows from the rest' }),
  others: z.array(named).meta({ description: 'What else it could mean, the likelier first' }),
})

export const phoneReading = z.object({
  title: z.string().meta({ description: 'What is left of the line; empty while there is none' }),
  service: meant.nullable(),
  unit: meant.nullable(),
  person: meant.nullable(),
  since: z.object({ at: instant, words: z.string() }).nullable(),
  environment: environment.nullable().meta({ description: 'null: the line names none, so it is production' }),
  /** What was said of it, as far as it was. */
  said: z.object({ priority: priority.nullable(), impact: level.nullable(), urgency: level.nullable() }),
  impact: level,
  urgency: level,
  priority,
  reason: z.string().meta({ description: 'How the priority comes about, in words' }),
  team: named.nullable(),
  candidates: z
    .array(candidate)
    .meta({ description: 'Open tickets that may be about the same, the likeliest first; with whom it may be saved' }),
})
export type PhoneReading = z.output<typeof phoneReading>

export const logCallInput = z.object({
  line: line(500).meta({ description: 'What was said; it is kept as it is' }),
  title: line(200).optional().meta({ description: 'Without it: the line. Whoever called reads it' }),
  ...chosen,
  priority: priority.optional().meta({
    description: 'As it was said. Impact and urgency are chosen so that they give it; where none do, it is set by hand',
  }),
  since: instantIn.optional().meta({ description: 'Since when' }),
  page: z.boolean().default(false).meta({ description: 'Page somebody now; for a new ticket' }),
  to: ticketRef.optional().meta({ description: 'The open ticket that it is about; without it a new one is opened' }),
})

export const callLogged = ticketActed.extend({
  opened: z.boolean().meta({ description: 'A new ticket was opened' }),
  child: z
    .object({ id, number: z.string() })
    .nullable()
    .meta({ description: 'The ticket that the caller reads, under the one that it was added to' }),
  callers: z.number().int().meta({ description: 'How many have called about it now' }),
  page: z.string().nullable().meta({ description: 'Who is paged, and why' }),
})

export const phoneRoutes = {
  readPhoneLine: route
    .route({
      method: 'GET',
      path: '/phone-log/reading',
      summary: 'What a line of the phone log says, and the open tickets that may be about the same',
      tags: ['desk'],
    })
    .input(readPhoneLineInput)
    .output(phoneReading),
  logCall: route
    .route({
      method: 'POST',
      path: '/phone-log',
      summary: 'Log a call: as a new ticket, or on one that is open',
      tags: ['desk'],
      successStatus: 201,
    })
    .input(logCallInput)
    .output(callLogged),
  removeCaller: route
    .route({
      method: 'DELETE',
      path: '/tickets/{id}/callers/{callerId}',
      summary: 'Take away a call that was logged on it by mistake',
      tags: ['desk'],
    })
    .input(z.object({ id: ticketRef, callerId: id }))
    .output(ticketActed),
}
