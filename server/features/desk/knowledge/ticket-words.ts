import { sql } from 'kysely'
import type { Context } from '../../../platform/context.ts'
import type { Ticket } from '../ticket.ts'

/** What similar tickets are found by: kept apart, because the row of a ticket is written at each act. */
export const keepWords = async (ctx: Context, t: Pick<Ticket, 'id' | 'title' | 'description'>): Promise<void> => {
  await sql`
    insert into ticket_words (ticket_id, search)
    values (${t.id}, setweight(to_tsvector('english', ${t.title}), 'A')
      || setweight(to_tsvector('english', left(${t.description}, 4000)), 'B'))
    on conflict (ticket_id) do update set search = excluded.search`.execute(ctx.db)
}
