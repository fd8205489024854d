import { sql } from 'kysely'
import { earlier, plusSeconds, wholeHour } from '../../../platform/clock.ts'
import { periodic } from '../../../platform/periodic.ts'

const HOUR = 3600
/** What stood in the journal while the database was away comes late. */
const SETTLED_AFTER = 300
/** So far back at the first time, as far as the widest view reaches. */
const FIRST_HOURS = 28 * 24
/** Hours of one turn, so that catching up does not become one long statement. */
const MOST_HOURS = 7 * 24
const KEPT_DAYS = 400

/** Counts the alerts of each hour that is over, by their source. */
export const countHours = periodic(
  'alerts.count_hours',
  HOUR,
  'Counts the alerts of each hour by source, for the picture of the noise',
  async (ctx) => {
    const settled = wholeHour(plusSeconds(ctx.now(), -SETTLED_AFTER))
    const row = await ctx.db.selectFrom('alert_rollups').select('done_until').executeTakeFirst()
    const from = row?.done_until ?? plusSeconds(settled, -FIRST_HOURS * HOUR)
    const until = earlier(settled, plusSeconds(from, MOST_HOURS * HOUR))
    if (Temporal.Instant.compare(until, from) <= 0) return
    await sql`
      insert into alert_hours (at, source_id, alerts)
      select date_trunc('hour', started_at, 'UTC'), source_id, count(*) from alerts
      where started_at >= ${from} and started_at < ${until} group by 1, 2
      on conflict (at, source_id) do nothing`.execute(ctx.db)
    await ctx.db
      .insertInto('alert_rollups')
      .values({ done_until: until })
      .onConflict((c) => c.column('one').doUpdateSet({ done_until: until }))
      .execute()
    await ctx.db
      .deleteFrom('alert_hours')
      .where('at', '<', plusSeconds(ctx.now(), -KEPT_DAYS * 24 * HOUR))
      .execute()
  },
)
