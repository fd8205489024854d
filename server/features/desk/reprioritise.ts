import type { Environment } from '../../../contract/base.ts'
import type { Level, PriorityMatrix, PriorityNumber, TicketKind } from '../../../contract/desk/index.ts'
import type { Changes } from './changed-fields.ts'
import { impactFacts, type ServiceFacts, urgencyFacts } from './facts.ts'
import { type Basis, type Prioritised, prioritise } from './prioritise.ts'
import { type Proposal, proposeImpact, proposeUrgency } from './propose.ts'
import type { Ticket } from './ticket.ts'

/**
 * The priority after a change. A level that a person chose stays until a person gives it back to the rule (null); what
 * the rule proposed is proposed anew only when the facts were changed, so that time alone does not move a priority
 * while somebody mends a title.
 */
export const reprioritise = (
  ticket: Ticket,
  changes: Changes,
  facts: ServiceFacts,
  by: { name: string; now: Temporal.Instant; matrix: PriorityMatrix },
): Prioritised => {
  const basis = ticket.priority_basis as Basis
  const now = {
    kind: ticket.kind as TicketKind,
    environment: (changes.environment ?? ticket.environment) as Environment,
  }
  const factsChanged = changes.serviceId !== undefined || changes.environment !== undefined
  const level = (
    field: 'impact' | 'urgency',
    fresh: () => Proposal,
  ): { proposed: Proposal; chosen: Proposal | null } => {
    const wanted = changes[field]
    const stored = { level: ticket[field] as Level, because: basis[field]?.because ?? '' }
    const byHand = basis[field]?.by === 'person'
    if (wanted) return { proposed: stored, chosen: { level: wanted, because: `set by ${by.name}` } }
    if (wanted === undefined && byHand) return { proposed: stored, chosen: stored }
    return { proposed: wanted === null || factsChanged ? fresh() : stored, chosen: null }
  }
  const impact = level('impact', () => proposeImpact(impactFacts(now, facts)))
  const urgency = level('urgency', () => proposeUrgency(urgencyFacts(now, facts, by.now)))
  return prioritise(
    { impact: impact.proposed, urgency: urgency.proposed },
    { impact: impact.chosen, urgency: urgency.chosen, override: overrideOf(ticket, changes, by.name) },
    by.matrix,
  )
}

const overrideOf = (ticket: Ticket, changes: Changes, by: string) => {
  if (changes.priority === null) return null
  if (changes.priority !== undefined)
    return { priority: changes.priority as PriorityNumber, by, reason: changes.reason ?? '' }
  const kept = (ticket.priority_basis as Basis).override
  return kept && ticket.priority_overridden ? { priority: ticket.priority as PriorityNumber, ...kept } : null
}
