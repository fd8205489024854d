import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { insertIfAbsent } from '../../platform/due.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { mark, resolveByItself } from '../desk/index.ts'

/**
 * Leaves it to due work to bring a ticket in line with its alerts: one row for however many alerts change meanwhile, so
 * that the alerts of one incident do not wait for the ticket one after the other. Call it before the ticket is locked:
 * the work that is under way holds this row and then waits for the ticket.
 *
 * @param flood comes after what is no flood, and so once for much of it
 */
export const settleTicketSoon = (ctx: Context, ticketId: string, flood: boolean): Promise<void> =>
  insertIfAbsent(ctx.db, [
    {
      key: `alerts.settle_ticket:${ticketId}`,
      at: ctx.now(),
      run: { name: 'alerts.settle_ticket' },
      input: { ticketId },
      subject: ref('ticket', ticketId),
      priority: flood ? 2 : 1,
      cause: ctx.cause,
    },
  ])

/**
 * Puts on a ticket how many of its alerts still fire; when none does, the incident is over. But an alert that expired is
 * not known to be over: then a human decides, unless it was reported again since.
 */
export const settleTicket = verb('alerts.settle_ticket', {
  permission: 'system',
  input: z.object({ ticketId: z.uuid() }),
  async run(ctx, { ticketId }) {
    // First the row, then the count: an alert that is being added at this moment is waited for.
    await sql`select 1 from tickets where id = ${ticketId} for update`.execute(ctx.db)
    const { firing, total } = await count(ctx, ticketId)
    await mark(ctx, ticketId, 'alerts', { firing, total })
    if (firing === 0 && total > 0 && !(await leftInSilence(ctx, ticketId)))
      await resolveByItself(ctx, ticketId, { resolution: await resolution(ctx, ticketId, total) })
    return ctx.unchanged(null)
  },
})

const MOST_COUNTED = 1_001

/** Counts up to 1,001, which stands for more than 1,000. */
const count = async (ctx: Context, ticketId: string) => {
  const { rows } = await sql<{ total: number; firing: number }>`
    select (select count(*) from (select 1 from alerts where ticket_id = ${ticketId} limit ${MOST_COUNTED}) x) as total,
      (select count(*) from (select 1 from alerts where ticket_id = ${ticketId} and status in ('firing', 'blind')
        limit ${MOST_COUNTED}) x) as firing`.execute(ctx.db)
  return rows[0] ?? { total: 0, firing: 0 }
}

const leftInSilence = async (ctx: Context, ticketId: string): Promise<boolean> => {
  const { rows } = await sql`
    select 1 from alerts a where a.ticket_id = ${ticketId} and a.status = 'expired'
      and not exists (select 1 from alerts n where n.previous_id = a.id) limit 1`.execute(ctx.db)
  return rows.length > 0
}

const resolution = async (ctx: Context, ticketId: string, total: number): Promise<string> => {
  const last = await ctx.db
    .selectFrom('alerts')
    .select('title')
    .where('ticket_id', '=', ticketId)
    .orderBy('ended_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const title = last?.title ?? ''
  return total > 1
    ? `All ${total >= MOST_COUNTED ? 'its' : total} alerts are over, the last one: ${title}.`
    : `The alert is over: ${title}.`
}
