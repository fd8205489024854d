import type { Instant } from '../../platform/clock.ts'

/**
 * The part of a ticket's event log that moves a clock, oldest first. Whoever holds the ticket keeps it; everything
 * about its clocks follows from this list, the policy and the calendar.
 */
export type ClockFact = { at: Instant } & (
  | { what: 'opened'; priority: number }
  | { what: 'priority'; priority: number }
  /** A person answered, took the call, or acknowledged the page. */
  | { what: 'first_response' }
  /** Whoever asked wrote, on whatever channel. */
  | { what: 'customer' }
  /** A person at the desk wrote in public; what a machine sends never counts. */
  | { what: 'agent' }
  | { what: 'pended'; reason: string }
  | { what: 'resumed' }
  /** Not by a person: what it was about was over by itself. */
  | { what: 'resolved'; human: boolean }
  | { what: 'cancelled' }
  /** A slip: the resolution is taken back at once, as if it had not been. */
  | { what: 'reopened'; slip: boolean }
  | { what: 'merged'; into: string }
  /** Others that started earlier were merged into it, or taken out again: the last word counts, never later than its opening. */
  | { what: 'counts_from'; startedAt: Instant; words: string }
)

type Stored = Record<string, unknown> & { at: string }

/** Facts as JSON keeps them, and back. */
export const factsToJson = (facts: readonly ClockFact[]): string => JSON.stringify(facts)
export const factsFromJson = (stored: unknown): ClockFact[] =>
  (stored as Stored[]).map(
    (f) =>
      ({
        ...f,
        at: Temporal.Instant.from(f.at),
        ...(typeof f.startedAt === 'string' ? { startedAt: Temporal.Instant.from(f.startedAt) } : {}),
      }) as ClockFact,
  )
