import { isOpen, type TicketState } from '../../../contract/desk/index.ts'
import { earlier, isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { eventInput, refId } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { pageAcknowledged } from '../oncall/index.ts'
import { ticketAssigned, ticketResponded } from './events.ts'
import { personOf } from './people.ts'
import { recordAbout } from './record.ts'
import { saveTicket } from './save.ts'
import { lockTicket, type Ticket } from './ticket.ts'

type Person = { id: string; name: string }

/**
 * Whoever acknowledges a page has the ticket: unless somebody has it, it is over, or a person has decided its state,
 * team or assignee since. It is the first response in any case. Right in whatever order it runs, and once or twice.
 */
export const assignAcknowledger = verb('ticket.assign_acknowledger', {
  permission: 'system',
  input: eventInput(pageAcknowledged),
  async run(ctx, event) {
    const { subject, userId, via } = event.data
    // Whoever took the ticket has it already, and a tool names nobody.
    if (!subject.startsWith('ticket:') || userId === null || via === 'ticket') return ctx.unchanged(null)
    const ticket = await lockTicket(ctx, refId(subject))
    const person = await personOf(ctx, userId)
    if (!ticket || !person || !isOpen(ticket.state as TicketState)) return ctx.unchanged(null)
    const handledSince = ticket.handled_at !== null && isBefore(event.at, ticket.handled_at)
    // Whoever answers the page of an escalation has read it, and accepts it or sends it back himself.
    return ticket.assignee_id === null && ticket.escalated_to === null && !handledSince
      ? assign(ctx, ticket, person, event.at)
      : respond(ctx, ticket, person, event.at)
  },
})

const firstOf = (ticket: Ticket, at: Temporal.Instant) =>
  ticket.first_response_at ? earlier(ticket.first_response_at, at) : at

const assign = async (ctx: Context, ticket: Ticket, person: Person, at: Temporal.Instant) => {
  const saved = await saveTicket(ctx, ticket, {
    assignee_id: person.id,
    first_response_at: firstOf(ticket, at),
    ...(ticket.state === 'new' ? { state: 'in_progress' } : {}),
  })
  const data = { before: null, after: person, by: 'acknowledgement' } as const
  await recordAbout(ctx, saved, ticketAssigned, data, { milestone: true })
  return null
}

const respond = async (ctx: Context, ticket: Ticket, person: Person, at: Temporal.Instant) => {
  if (ticket.first_response_at && !isBefore(at, ticket.first_response_at)) return ctx.unchanged(null)
  const saved = await saveTicket(ctx, ticket, { first_response_at: at })
  await recordAbout(ctx, saved, ticketResponded, { person })
  return null
}
