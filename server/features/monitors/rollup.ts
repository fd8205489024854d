import { sql } from 'kysely'
import { earlier, later, plusSeconds, wholeHour } from '../../platform/clock.ts'
import { periodic } from '../../platform/periodic.ts'

const HOUR = 3600
/** What was seen while the database was away comes late. */
const SETTLED_AFTER = 300
/** Hours of one run, so that catching up after a long stand-still does not become one long statement. */
const MOST_HOURS = 6
const KEPT_DAYS = 400

/** Rolls the looks of each hour up into figures, for charts over weeks. */
export const rollUp = periodic(
  'monitors.rollup',
  HOUR,
  'Rolls the looks of each hour up, for charts over weeks',
  async (ctx) => {
    const settled = wholeHour(plusSeconds(ctx.now(), -SETTLED_AFTER))
    const row = await ctx.db.selectFrom('result_rollups').select('done_until').executeTakeFirst()
    const from = row?.done_until ?? plusSeconds(settled, -HOUR)
    const until = later(from, earlier(settled, plusSeconds(from, MOST_HOURS * HOUR)))
    await sql`
    insert into result_hours (monitor_id, at, looks, failures, blind, avg_ms, p95_ms, max_ms)
    select monitor_id, date_trunc('hour', at, 'UTC'), count(*), count(*) filter (where outcome = 'failed'), count(*) filter (where outcome = 'blind'),
      avg(ms) filter (where outcome in ('ok', 'degraded')),
      percentile_cont(0.95) within group (order by ms) filter (where outcome in ('ok', 'degraded')),
      max(ms) filter (where outcome in ('ok', 'degraded'))
    from results where at >= ${from} and at < ${until} group by 1, 2
    on conflict (monitor_id, at) do nothing`.execute(ctx.db)
    await ctx.db
      .insertInto('result_rollups')
      .values({ done_until: until })
      .onConflict((c) => c.column('one').doUpdateSet({ done_until: until }))
      .execute()
  },
)

/** Forgets spans after more than a year. */
export const sweepSpans = periodic(
  'monitors.sweep',
  24 * HOUR,
  'Forgets states of monitors after 400 days',
  async (ctx) => {
    await ctx.db
      .deleteFrom('monitor_spans')
      .where('to_at', '<', plusSeconds(ctx.now(), -KEPT_DAYS * 24 * HOUR))
      .execute()
  },
)
