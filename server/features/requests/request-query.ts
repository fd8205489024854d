import { requestOfInput } from '../../../contract/requests/index.ts'
import { query } from '../../platform/query.ts'
import { loadTicket } from '../desk/index.ts'
import { findRequestOf } from './request-rows.ts'
import { viewOf } from './request-view.ts'

/** What was asked for by a ticket, for whoever may read the ticket. */
export const readRequestOfTicket = query('request.of_ticket', {
  permission: 'ticket.read',
  input: requestOfInput,
  async run(ctx, { id }) {
    const ticket = await loadTicket(ctx, id)
    const request = ticket.kind === 'request' ? await findRequestOf(ctx.db, ticket.id) : null
    return { request: request ? await viewOf(ctx, request.id) : null }
  },
})
