import { sql } from 'kysely'
import { filledRepliesInput, fillIn } from '../../../../contract/desk/index.ts'
import { userOf } from '../../../platform/access.ts'
import { containing } from '../../../platform/db/like.ts'
import { query } from '../../../platform/query.ts'
import { loadTicket } from '../ticket.ts'
import { valuesOf } from './values.ts'

/** The canned replies that the reader has for a ticket, with their fields filled in. */
export const filledReplies = query('ticket.canned_replies', {
  permission: 'ticket.work',
  input: filledRepliesInput,
  async run(ctx, { id, search }) {
    const ticket = await loadTicket(ctx, id)
    const values = await valuesOf(ctx, ticket.id)
    const { rows } = await sql<{ id: string; name: string; body: string }>`
      select id, name, body from canned_replies
      where (team_id is null or team_id = ${ticket.team_id}::uuid
        or team_id in (select team_id from team_members where user_id = ${userOf(ctx.actor)}::uuid))
        and ${search ? sql`(name ilike ${containing(search)} or body ilike ${containing(search)})` : sql`true`}
      order by lower(name), id limit 200`.execute(ctx.db)
    return { items: rows.map((r) => ({ id: r.id, name: r.name, body: fillIn(r.body, values) })) }
  },
})
