import { timelineInput } from '../../../contract/desk/index.ts'
import { query } from '../../platform/query.ts'
import { readTimeline } from '../../platform/timeline.ts'
import { markRemoved } from './attachments/mark-removed.ts'
import { removedFrom } from './attachments/rows.ts'
import { loadTicket, ticketRef } from './ticket.ts'

/** What happened to a ticket, newest first: events of all features, with replies and notes in full. */
export const readTicketTimeline = query('ticket.timeline', {
  permission: 'ticket.read',
  input: timelineInput,
  async run(ctx, { id, cursor, limit }) {
    const ticket = await loadTicket(ctx, id)
    // Whoever may read the ticket reads all its events of his audience, also those from before he came to it.
    const scope = { ...ctx.scope, rows: 'all' as const }
    const page = await readTimeline({ ...ctx, scope }, { about: ticketRef(ticket), cursor, limit })
    return markRemoved(page, await removedFrom(ctx, ticket.id))
  },
})
