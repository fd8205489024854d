import { priorityName } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { cut } from '../../platform/text.ts'
import { finishPage, pagedNow, updateBrief } from '../oncall/index.ts'
import { type ServiceFacts, serviceFacts } from './facts.ts'
import { type Ticket, ticketRef } from './ticket.ts'
import { counted } from './time-words.ts'

const NAMED_UNITS = 5

const unitWords = (u: ServiceFacts['units'][number]) => (u.people === null ? u.name : `${u.name} (${u.people} people)`)

const hurtWords = (units: ServiceFacts['units']): string[] => {
  if (units.length === 0) return []
  const named = units.slice(0, NAMED_UNITS).map(unitWords).join(', ')
  const more = units.length > NAMED_UNITS ? ` and ${counted(units.length - NAMED_UNITS, 'more business unit')}` : ''
  return [`Hurts ${named}${more}`]
}

/** What the people who are paged are told: short enough for a phone, and why it is worth waking somebody. */
export const briefOf = (ticket: Ticket, facts: ServiceFacts) => ({
  title: `${ticket.number} ${ticket.title}`,
  lines: [
    `${facts.service ? facts.service.name : 'No service named'}, ${ticket.environment}`,
    ...hurtWords(facts.units),
    ticket.priority_reason,
    ...(ticket.description.trim() === '' ? [] : [cut(ticket.description.trim(), 600)]),
  ],
  priority: priorityName(ticket.priority),
  links: [{ label: `Open ${ticket.number}`, url: `/tickets/${ticket.number}` }],
})

const WAKES = 2

/** Only P1 and P2 in production wake somebody. */
export const urgencyOf = (ticket: Pick<Ticket, 'environment' | 'priority'>): 'high' | 'low' =>
  ticket.environment === 'prod' && ticket.priority <= WAKES ? 'high' : 'low'

/** Writes the brief of a ticket's page anew, so that the next step sends what is true now. */
export const refreshBrief = async (ctx: Context, ticket: Ticket): Promise<void> =>
  updateBrief(ctx, ticketRef(ticket), briefOf(ticket, await serviceFacts(ctx, ticket.service_id)), urgencyOf(ticket))

/** Ends the page of a ticket that is over, and tells those who were paged, once. */
export const endPage = (ctx: Context, ticket: Ticket, how: string, words: string): Promise<void> =>
  endPages(ctx, [ticket], how, words)

export const endPages = async (ctx: Context, tickets: readonly Ticket[], how: string, words: string): Promise<void> => {
  const paged = await pagedNow(ctx, tickets.map(ticketRef))
  for (const ticket of tickets.filter((t) => paged.has(ticketRef(t))))
    await finishPage(ctx, ticketRef(ticket), {
      farewell: { title: `${how}: ${ticket.number} ${ticket.title}`, lines: [cut(words, 600)] },
      reason: `The ticket ${ticket.number} is ${how.toLowerCase()}.`,
    })
}
