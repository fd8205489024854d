import type { Ticket } from './ticket.ts'

/** Where a ticket goes on after waiting or reopening: `new` when nobody has looked at it yet. */
export const workingState = (t: Pick<Ticket, 'assignee_id' | 'first_response_at'>): 'new' | 'in_progress' =>
  t.assignee_id !== null || t.first_response_at !== null ? 'in_progress' : 'new'
