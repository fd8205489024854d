import { sql } from 'kysely'
import { plusSeconds } from '../../platform/clock.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { periodic } from '../../platform/periodic.ts'

const EVERY_SECONDS = 60
/** Longer without a look, and the time between was not observed. */
const GAP_SECONDS = 180
const KEPT_DAYS = 35

/** Keeps a record of when Watchfloor was running, so that what happened while it was not is never shown as fine. */
export const observe = periodic(
  'alerts.observe',
  EVERY_SECONDS,
  'Keeps a record of when Watchfloor was running',
  async (ctx) => {
    const now = ctx.now()
    const { numAffectedRows } = await sql`${prepared}
      update observed_spans set to_at = ${now}
      where from_at = (select max(from_at) from observed_spans)
        and to_at between ${plusSeconds(now, -GAP_SECONDS)} and ${now}`.execute(ctx.db)
    if (numAffectedRows) return
    await ctx.db
      .insertInto('observed_spans')
      .values({ from_at: now, to_at: now })
      .onConflict((c) => c.column('from_at').doNothing())
      .execute()
    await ctx.db
      .deleteFrom('observed_spans')
      .where('to_at', '<', plusSeconds(now, -KEPT_DAYS * 86_400))
      .execute()
    await ctx.db
      .deleteFrom('service_health_spans')
      .where('to_at', '<', plusSeconds(now, -KEPT_DAYS * 86_400))
      .execute()
  },
)
