import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { familyOf } from './family.ts'
import { above } from './link-rows.ts'
import { mark } from './mark.ts'

/**
 * How many people have told of what a ticket is about: those who asked for it or for one under it, those who said
 * that it hurts them too or were logged as callers, and each call of which nobody knows who it was. Whoever tells it
 * twice counts once.
 */
export const callersOf = async (ctx: Pick<Context, 'db'>, ticketId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    with recursive ${familyOf(ticketId)}
    select count(*) as n from (
      select coalesce(t.requester_id, t.id) from family f join tickets t on t.id = f.id
        where t.requester_id is not null or (t.opened_via in ('phone', 'mail', 'chat')
          and not exists (select 1 from ticket_callers c where c.ticket_id = t.id))
      union
      select coalesce(c.user_id, c.id) from family f join ticket_callers c on c.ticket_id = f.id
      union
      select a.user_id from family f join affected_people a on a.ticket_id = f.id) people`.execute(ctx.db)
  return Number(rows[0]?.n ?? 0)
}

/**
 * Puts how many have called on a ticket, as the mark `callers: {count}`, and on those above it. One caller is nothing special
 * and makes no mark. Call it after the links have changed.
 */
export const countCallers = async (ctx: Context, ticketId: string): Promise<void> => {
  for (const id of [ticketId, ...(await above(ctx, ticketId))]) {
    const callers = await callersOf(ctx, id)
    await mark(ctx, id, 'callers', callers > 1 ? { count: callers } : null)
  }
}
