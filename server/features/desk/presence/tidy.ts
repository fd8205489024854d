import { plusMillis } from '../../../platform/clock.ts'
import { periodic } from '../../../platform/periodic.ts'

const HOUR_MS = 3_600_000

/** Presence that is long over is thrown away. */
export const tidyPresence = periodic('desk.tidy_presence', 3_600, 'Forgets who looked at tickets', async (ctx) => {
  await ctx.db.deleteFrom('presences').where('seen_at', '<', plusMillis(ctx.now(), -HOUR_MS)).execute()
})
