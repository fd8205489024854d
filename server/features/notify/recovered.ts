import { sql } from 'kysely'
import { plusSeconds } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { sendingOf } from './queue.ts'

/** So many at a time; each that gets through brings the next ones forward. */
const MOST = 200

/**
 * A channel has taken a message, so it works: what waits because it did not is tried now, not in half an hour. Only
 * what comes within seconds anyway is left alone.
 */
export const bringForward = async (ctx: Context, channel: string): Promise<void> => {
  const { rows } = await sql<{ id: string; class: string; user_id: string | null }>`
    update deliveries d set due_at = ${ctx.now()} from (
      select id from deliveries
      where channel = ${channel} and state = 'queued' and attempts > 0 and our_fault
        and due_at > ${plusSeconds(ctx.now(), 2)}
      order by due_at limit ${MOST} for update skip locked) w
    where d.id = w.id returning d.id, d.class, d.user_id`.execute(ctx.db)
  for (const { id, class: kind, user_id } of rows)
    ctx.due(sendingOf({ id, class: kind, at: ctx.now(), userId: user_id }))
}
