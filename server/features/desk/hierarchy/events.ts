import { z } from 'zod'
import { eventType } from '../../../platform/events.ts'

const whom = z.enum(['leads', 'managers'])

const list = (names: string[]) => names.join(', ').replace(/, ([^,]*)$/, ' and $1')

export const ticketEscalatedUp = eventType(
  'ticket.escalated_up',
  z.object({
    number: z.string(),
    by: z.enum(['clock', 'hand']),
    step: z.string().nullable(),
    to: whom,
    team: z.string().nullable(),
    told: z.array(z.string()),
    why: z.string(),
  }),
  (d, who) => {
    const of = d.team ? ` of ${d.team}` : ''
    if (d.told.length === 0) return `${d.why} Nobody could be told: there are no ${d.to}${of}.`
    const told = `${list(d.told)} (${d.to}${of})`
    return d.by === 'hand'
      ? `${who} escalated it to ${told}: ${d.why}`
      : `${d.why} ${told} ${d.told.length > 1 ? 'were' : 'was'} told.`
  },
  'warn',
)

export const hierarchyRulesSet = eventType(
  'hierarchy.rules_set',
  z.object({ team: z.string().nullable(), rules: z.array(z.unknown()), managers: z.array(z.string()) }),
  (d, who) => `${who} changed when leads and managers are told${d.team ? ` for ${d.team}` : ''}.`,
)
export const hierarchyRulesRemoved = eventType(
  'hierarchy.rules_removed',
  z.object({ team: z.string() }),
  (d, who) => `${who} removed the rules of ${d.team} of when leads and managers are told: those for all count.`,
)

export const hierarchyEvents = [ticketEscalatedUp, hierarchyRulesSet, hierarchyRulesRemoved]
