import { sql } from 'kysely'
import { fillIn, ticketInput } from '../../../../contract/desk/index.ts'
import { userOf } from '../../../platform/access.ts'
import { query } from '../../../platform/query.ts'
import { loadTicket } from '../ticket.ts'
import { valuesOf } from './values.ts'

/** The canned replies that the reader has for a ticket, with their fields filled in. */
export const filledReplies = query('ticket.canned_replies', {
  permission: 'ticket.work',
  input: ticketInput,
  async run(ctx, { id }) {
    const ticket = await loadTicket(ctx, id)
    const values = await valuesOf(ctx, ticket.id)
    const { rows } = await sql<{ id: string; name: string; body: string }>`
      select id, name, body from canned_replies
      where team_id is null or team_id = ${ticket.team_id}::uuid
        or team_id in (select team_id from team_members where user_id = ${userOf(ctx.actor)}::uuid)
      order by lower(name), id limit 200`.execute(ctx.db)
    return { items: rows.map((r) => ({ id: r.id, name: r.name, body: fillIn(r.body, values) })) }
  },
})
