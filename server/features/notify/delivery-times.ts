import { sql } from 'kysely'
import { z } from 'zod'
import { plusSeconds } from '../../platform/clock.ts'
import { query } from '../../platform/query.ts'

const HOUR = 3_600

type Row = {
  channel: string
  class: string
  sent: number
  failed: number
  waiting: number
  p50: number | null
  p99: number | null
}

/**
 * How the messages of the last hour fared, by channel and class: from when they were due (or, where they had to be tried
 * again, written) to the channel having taken them, in milliseconds.
 */
export const showDeliveryTimes = query('delivery.times', {
  permission: 'system.read',
  input: z.object({}),
  async run(ctx) {
    const { rows } = await sql<Row>`
      select channel, class, count(*) filter (where state in ('sent', 'delivered'))::int as sent,
        count(*) filter (where state = 'failed')::int as failed,
        count(*) filter (where state in ('queued', 'sending'))::int as waiting,
        percentile_cont(0.5) within group (order by took) as p50, percentile_cont(0.99) within group (order by took) as p99
      from (
        select channel, class, state,
          extract(epoch from sent_at - case when attempts > 1 then created_at else greatest(due_at, created_at) end) * 1000 as took
        from deliveries where created_at > ${plusSeconds(ctx.now(), -HOUR)}
      ) d
      group by channel, class order by class desc, channel`.execute(ctx.db)
    return { items: rows.map((r) => ({ ...r, p50: rounded(r.p50), p99: rounded(r.p99) })) }
  },
})

const rounded = (ms: number | null): number | null => (ms === null ? null : Math.max(0, Math.round(ms)))
