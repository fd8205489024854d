import { z } from 'zod'
import { id, instant } from '../base.ts'
import { ticketRef } from './words.ts'

/** Who of the desk looks at a ticket just now, and who writes. Over after 30 s without a sign of life. */
export const presenceInput = z.object({
  id: ticketRef,
  typing: z.enum(['reply', 'note'], 'must be reply or note').nullable().default(null),
})

export const presentPeople = z.object({
  others: z.array(z.object({ id, name: z.string(), seenAt: instant, typing: z.enum(['reply', 'note']).nullable() })),
})
