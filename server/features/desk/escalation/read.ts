import { ticketInput } from '../../../../contract/desk/index.ts'
import { query } from '../../../platform/query.ts'
import { loadTicket } from '../ticket.ts'
import { escalationsOf } from './rows.ts'

/** The escalations of a ticket, for those who work tickets; requesters learn only that somebody looks at it. */
export const readEscalations = query('ticket.escalations', {
  permission: 'ticket.work',
  input: ticketInput,
  async run(ctx, { id }) {
    const ticket = await loadTicket(ctx, id)
    const items = await escalationsOf(ctx, ticket.id)
    const team = ticket.team_id
      ? await ctx.db.selectFrom('teams').select(['id', 'name']).where('id', '=', ticket.team_id).executeTakeFirst()
      : null
    return { items, sentBack: items.filter((e) => e.state === 'returned').length, accountable: team ?? null }
  },
})
