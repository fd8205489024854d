import { sql } from 'kysely'
import { presenceInput, ticketInput } from '../../../../contract/desk/index.ts'
import { plusMillis } from '../../../platform/clock.ts'
import { type Context, requireUser } from '../../../platform/context.ts'
import { ref } from '../../../platform/events.ts'
import { verb } from '../../../platform/verb.ts'
import { loadTicket } from '../ticket.ts'

const OVER_AFTER_MS = 30_000
const overBefore = (ctx: Context) => plusMillis(ctx.now(), -OVER_AFTER_MS)

/**
 * A sign of life of somebody who looks at a ticket, and whether he writes; answers who else does. It stands in a table
 * that all processes share and that no log keeps, and is over after 30 s. Whoever else looks is told when it is news.
 */
export const beHere = verb('ticket.be_here', {
  permission: 'ticket.work',
  input: presenceInput,
  async run(ctx, { id, typing }) {
    const userId = requireUser(ctx)
    const { id: ticketId, number } = await loadTicket(ctx, id)
    const before = await ctx.db
      .selectFrom('presences')
      .select('typing')
      .where('ticket_id', '=', ticketId)
      .where('user_id', '=', userId)
      .where('seen_at', '>', overBefore(ctx))
      .executeTakeFirst()
    if (!before || before.typing !== typing) ctx.moved(ref('presence', number))
    await sql`
      insert into presences (ticket_id, user_id, seen_at, typing) values (${ticketId}, ${userId}, ${ctx.now()}, ${typing})
      on conflict (ticket_id, user_id) do update set seen_at = excluded.seen_at, typing = excluded.typing`.execute(
      ctx.db,
    )
    return ctx.unchanged({ others: await others(ctx, ticketId, userId) })
  },
})

/** Whoever leaves says so; who does not is gone after 30 s. */
export const leaveHere = verb('ticket.leave_here', {
  permission: 'ticket.work',
  input: ticketInput,
  async run(ctx, { id }) {
    const userId = requireUser(ctx)
    const ticket = await loadTicket(ctx, id)
    const { numDeletedRows } = await ctx.db
      .deleteFrom('presences')
      .where('ticket_id', '=', ticket.id)
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow()
    // Whoever walks over a list leaves what he never said to look at.
    if (numDeletedRows > 0n) ctx.moved(ref('presence', ticket.number))
    return ctx.unchanged({ ok: true as const })
  },
})

const others = (ctx: Context, ticketId: string, me: string) =>
  ctx.db
    .selectFrom('presences as p')
    .innerJoin('users as u', 'u.id', 'p.user_id')
    .select(['u.id', 'u.name', 'p.seen_at as seenAt', sql<'reply' | 'note' | null>`p.typing`.as('typing')])
    .where('p.ticket_id', '=', ticketId)
    .where('p.user_id', '!=', me)
    .where('p.seen_at', '>', overBefore(ctx))
    .orderBy('u.name')
    .limit(20)
    .execute()
