import type { Instant } from '../../platform/clock.ts'
import { plusMinutes } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { invitationUrl } from './invitation-token.ts'

export type LinkPurpose = 'first_admin' | 'invitation' | 'reset'

const HOUR = 60
/** How long a one-time link lives, in minutes. An invitation waits over a week's leave; the others are used at once. */
const LIFE: Record<LinkPurpose, number> = { first_admin: 24 * HOUR, invitation: 14 * 24 * HOUR, reset: 24 * HOUR }

export type IssuedLink = { id: string; link: string; expiresAt: Instant }

/** Makes a one-time link. A person has one at a time: older ones that were not used stop to work. */
export const issueLink = async (ctx: Context, purpose: LinkPurpose, userId: string | null): Promise<IssuedLink> => {
  const id = newId()
  const expiresAt = plusMinutes(ctx.now(), LIFE[purpose])
  if (userId) await withdrawLinks(ctx, userId)
  await ctx.db
    .insertInto('invitations')
    .values({ id, user_id: userId, purpose, created_at: ctx.now(), expires_at: expiresAt })
    .execute()
  return { id, link: invitationUrl(ctx, id), expiresAt }
}

export const withdrawLinks = async (ctx: Context, userId: string): Promise<void> => {
  await ctx.db.deleteFrom('invitations').where('user_id', '=', userId).where('used_at', 'is', null).execute()
}
