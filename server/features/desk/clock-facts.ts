import { type ClockFact, factsFromJson } from '../sla/index.ts'
import type { Ticket } from './ticket.ts'

type WithoutTime<F> = F extends unknown ? Omit<F, 'at'> : never
/** What moves a clock and does not show in the ticket's row. */
export type Happened = WithoutTime<Extract<ClockFact, { what: 'customer' | 'agent' | 'merged' | 'counts_from' }>>

type Seen = Pick<Ticket, 'state' | 'pending_reason' | 'priority' | 'reopened' | 'first_response_at'>

const over = (state: string) => state === 'resolved' || state === 'closed' || state === 'cancelled'

/** Facts of a ticket that was just opened. */
export const openingFacts = (t: Pick<Ticket, 'opened_at' | 'priority'>): ClockFact[] => [
  { at: t.opened_at, what: 'opened', priority: t.priority },
]

/** The facts that a row keeps; one that was written otherwise than by the desk was at least opened. */
export const storedFacts = (t: Pick<Ticket, 'clock_facts' | 'opened_at' | 'priority'>): ClockFact[] => {
  const facts = factsFromJson(t.clock_facts)
  return facts.length > 0 ? facts : openingFacts(t)
}

/**
 * The facts after an act: what its row shows by before and after, and what `happened` besides. The first response is a
 * column and joins them when clocks are computed. The same list when nothing moved a clock.
 */
export const factsAfter = (
  facts: readonly ClockFact[],
  before: Seen,
  after: Seen,
  given: { at: Temporal.Instant; happened: readonly Happened[]; byPerson: boolean },
): readonly ClockFact[] => {
  const { at } = given
  const fresh: ClockFact[] = []
  for (const h of given.happened) if (matters([...facts, ...fresh], h, before)) fresh.push({ at, ...h })
  if (before.priority !== after.priority) fresh.push({ at, what: 'priority', priority: after.priority })
  fresh.push(...stateFacts([...facts, ...fresh], before, after, given))
  return fresh.length === 0 ? facts : [...facts, ...fresh]
}

// A second word before the answer starts nothing, and an answer to nobody ends nothing: the list stays short.
const matters = (facts: readonly ClockFact[], h: Happened, t: Seen): boolean => {
  if (h.what !== 'customer' && h.what !== 'agent') return true
  const last = facts.findLast((f) => f.what === 'customer' || f.what === 'agent' || f.what === 'resolved')
  if (h.what === 'agent') return last?.what === 'customer'
  if (last?.what !== 'customer') return true
  return t.first_response_at !== null && Temporal.Instant.compare(last.at, t.first_response_at) < 0
}

const stateFacts = (
  facts: readonly ClockFact[],
  before: Seen,
  after: Seen,
  { at, byPerson }: { at: Temporal.Instant; byPerson: boolean },
): ClockFact[] => {
  if (after.state === 'pending')
    return before.state === 'pending' && before.pending_reason === after.pending_reason
      ? []
      : [...reopenedFacts(facts, before, after, at), { at, what: 'pended', reason: after.pending_reason ?? 'user' }]
  if (over(after.state)) {
    if (over(before.state)) return []
    return [after.state === 'cancelled' ? { at, what: 'cancelled' } : { at, what: 'resolved', human: byPerson }]
  }
  return before.state === 'pending' ? [{ at, what: 'resumed' }] : reopenedFacts(facts, before, after, at)
}

// Taken back at once it was a slip; so is a merge that is undone.
const reopenedFacts = (facts: readonly ClockFact[], before: Seen, after: Seen, at: Temporal.Instant): ClockFact[] => {
  if (!over(before.state)) return []
  const ended = facts.findLast((f) => f.what === 'merged' || f.what === 'cancelled' || f.what === 'resolved')
  const merged = facts.some((f) => f.what === 'merged' && ended && f.at.equals(ended.at))
  return [{ at, what: 'reopened', slip: merged || (before.state === 'resolved' && before.reopened === after.reopened) }]
}
