import type { TicketState } from '../../../contract/desk/index.ts'
import { type Instant, isBefore } from '../../platform/clock.ts'

export type ClockName = 'first_response' | 'resolution'
export type ClockFacts = {
  state: TicketState
  firstResponseAt: Instant | null
  firstResponseDueAt: Instant | null
  resolutionDueAt: Instant | null
  resolvedAt: Instant | null
}

/** The next clock to run out, or null when none runs: clocks stand still while a ticket waits or is over. */
export const nextDue = (f: ClockFacts): { at: Instant; name: ClockName } | null => {
  if (f.state !== 'new' && f.state !== 'in_progress') return null
  const response = f.firstResponseAt ? null : f.firstResponseDueAt
  if (response && (!f.resolutionDueAt || !isBefore(f.resolutionDueAt, response)))
    return { at: response, name: 'first_response' }
  return f.resolutionDueAt ? { at: f.resolutionDueAt, name: 'resolution' } : null
}

export type ClockState = 'running' | 'paused' | 'met' | 'late'
export type Clock = { name: ClockName; dueAt: Instant; metAt: Instant | null; state: ClockState }

const over = (state: TicketState) => state === 'resolved' || state === 'closed' || state === 'cancelled'

/** Both clocks as a ticket's page shows them. A cancelled ticket has none: nothing is owed any more. */
export const clocksOf = (f: ClockFacts): Clock[] => {
  if (f.state === 'cancelled') return []
  const clock = (name: ClockName, dueAt: Instant | null, metAt: Instant | null): Clock[] => {
    if (!dueAt) return []
    if (metAt) return [{ name, dueAt, metAt, state: isBefore(dueAt, metAt) ? 'late' : 'met' }]
    // Resolved without a response before: nobody waits for the response any more.
    if (over(f.state)) return []
    return [{ name, dueAt, metAt: null, state: f.state === 'pending' ? 'paused' : 'running' }]
  }
  return [
    ...clock('first_response', f.firstResponseDueAt, f.firstResponseAt),
    ...clock('resolution', f.resolutionDueAt, over(f.state) ? f.resolvedAt : null),
  ]
}
