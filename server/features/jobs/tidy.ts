import { sql } from 'kysely'
import { plusSeconds } from '../../platform/clock.ts'
import { periodic } from '../../platform/periodic.ts'
import { KEPT_DAYS } from './kept-days.ts'
import { MOST_LATE_MS } from './ping-action.ts'

const TURNS_DAYS = 400

/** Ids of pings are of use for as long as the same ping may still come again. */
export const forgetPingIds = periodic(
  'jobs.forget_ping_ids',
  3_600,
  'Forgets the ids of pings that can no longer come twice, old turns of jobs, and what was unusual long ago',
  async (ctx) => {
    const oldest = plusSeconds(ctx.now(), -(MOST_LATE_MS / 1000 + 86_400))
    await ctx.db.deleteFrom('ping_ids').where('at', '<', oldest).execute()
    // Runs that were imported of months of which there is no part of their own.
    await sql`delete from pings_default where at < ${plusSeconds(ctx.now(), -KEPT_DAYS * 86_400)}`.execute(ctx.db)
    await ctx.db
      .deleteFrom('job_turns')
      .where('at', '<', plusSeconds(ctx.now(), -TURNS_DAYS * 86_400))
      .execute()
    await ctx.db
      .deleteFrom('unusual_runs')
      .where('at', '<', plusSeconds(ctx.now(), -TURNS_DAYS * 86_400))
      .execute()
  },
)
