import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { mark, resolveByItself } from '../desk/index.ts'
import type { Alert } from './alert-rows.ts'

const MOST_COUNTED = 1_001

/** Counts up to 1,001, which stands for more than 1,000. */
const count = async (ctx: Context, ticketId: string) => {
  const { rows } = await sql<{ total: number; firing: number }>`
    select (select count(*) from (select 1 from alerts where ticket_id = ${ticketId} limit ${MOST_COUNTED}) x) as total,
      (select count(*) from (select 1 from alerts where ticket_id = ${ticketId} and status in ('firing', 'blind')
        limit ${MOST_COUNTED}) x) as firing`.execute(ctx.db)
  return rows[0] ?? { total: 0, firing: 0 }
}

/** Puts on the ticket how many of its alerts still fire. */
export const markTicket = async (ctx: Context, ticketId: string): Promise<{ firing: number; total: number }> => {
  const { firing, total } = await count(ctx, ticketId)
  await mark(ctx, ticketId, 'alerts', { firing, total })
  return { firing, total }
}

/** An alert of the ticket is over: with the last of them, so is the incident. */
export const settleTicket = async (ctx: Context, ticketId: string, ended: Alert): Promise<void> => {
  // First the row, then the count: of two alerts that end at once, the second one to come here sees that both are over.
  await sql`select 1 from tickets where id = ${ticketId} for update`.execute(ctx.db)
  const { firing, total } = await markTicket(ctx, ticketId)
  if (firing > 0) return
  const resolution =
    total > 1
      ? `All ${total > 1_000 ? 'its' : total} alerts are over, the last one: ${ended.title}.`
      : `The alert is over: ${ended.title}.`
  await resolveByItself(ctx, ticketId, { resolution })
}
