import { plusMinutes } from '../../platform/clock.ts'
import { periodic } from '../../platform/periodic.ts'

const DAY = 24 * 60

/** Expired sessions grant nothing (they are looked at by time); this only takes their rows away. */
export const cleanUp = periodic(
  'identity.clean_up',
  3600,
  'Forgets sessions, one-time links and counts of failed sign-ins that have run out',
  async (ctx) => {
    const now = ctx.now()
    await ctx.db.deleteFrom('sessions').where('expires_at', '<=', now).execute()
    await ctx.db.deleteFrom('verifications').where('expires_at', '<=', now).execute()
    await ctx.db.deleteFrom('sign_in_tries').where('resets_at', '<=', now).execute()
    // Kept for a month, so that a late click is told "used" or "expired" and not "unknown".
    await ctx.db
      .deleteFrom('invitations')
      .where('expires_at', '<=', plusMinutes(now, -30 * DAY))
      .execute()
  },
)
