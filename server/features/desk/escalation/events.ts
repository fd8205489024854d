import { z } from 'zod'
import { eventType } from '../../../platform/events.ts'
import { cut, oneLine, sentence } from '../../../platform/text.ts'

const named = z.object({ id: z.string(), name: z.string() })
const numbered = z.object({ number: z.string() })
const about = numbered.extend({ escalationId: z.string(), round: z.number() })
const line = (text: string) => cut(oneLine(text), 160)
const from = (team: { name: string } | null) => (team ? ` ${team.name} answers for it until then.` : '')

export const ticketEscalated = eventType(
  'ticket.escalated',
  about.extend({
    from: named.nullable(),
    to: named,
    seen: z.string(),
    /** The last one went to the same team. Older events do not say. */
    again: z.boolean().optional(),
  }),
  (d, who) => {
    const again = (d.again ?? d.round > 1) ? ' again' : ''
    return `${who} escalated it${again} to ${d.to.name} with a packet: ${sentence(line(d.seen))} Not accepted yet.${from(d.from)}`
  },
  'warn',
)

export const ticketEscalationAccepted = eventType(
  'ticket.escalation_accepted',
  about.extend({ from: named.nullable(), to: named, assignee: named }),
  (d, who) =>
    d.assignee.name === who
      ? `${who} accepted it for ${d.to.name}.`
      : `${who} accepted it for ${d.to.name}; ${d.assignee.name} has it.`,
)

export const ticketEscalationReturned = eventType(
  'ticket.escalation_returned',
  about.extend({ from: named.nullable(), to: named, reason: z.string() }),
  (d, who) => `${who} sent it back for ${d.to.name}: ${line(d.reason)}`,
  'warn',
)

export const ticketEscalationWithdrawn = eventType(
  'ticket.escalation_withdrawn',
  about.extend({ to: named }),
  (d, who) => `${who} took the escalation to ${d.to.name} back.`,
)

export const ticketEscalationLapsed = eventType(
  'ticket.escalation_lapsed',
  about.extend({ to: named }),
  (d) => `The escalation to ${d.to.name} ended with the ticket; nobody had accepted it.`,
)

export const ticketEscalationRestored = eventType(
  'ticket.escalation_restored',
  about.extend({ to: named }),
  (d, who) => `${who} took that back: it waits to be accepted by ${d.to.name} again.`,
)

/** All that the requester learns, and only once somebody has accepted. */
export const ticketPassedOn = eventType(
  'ticket.passed_on',
  numbered.extend({ team: z.string() }),
  (d) => `It is looked at by ${d.team} now.`,
)

export const escalationEvents = [
  ticketEscalated,
  ticketEscalationAccepted,
  ticketEscalationReturned,
  ticketEscalationWithdrawn,
  ticketEscalationLapsed,
  ticketEscalationRestored,
  ticketPassedOn,
]
