import { z } from 'zod'
import { welcome } from '../../../contract/identity/sign-in.ts'
import type { Context } from '../../platform/context.ts'
import { AppError, conflict, invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { adminsWhoCanSignIn, lockAdmins } from './admins.ts'
import { setPassword } from './credentials.ts'
import { userWelcomed } from './events.ts'
import { welcomeOf } from './invitation-state.ts'
import { findUser } from './lookup.ts'
import { makeAdmin } from './make-admin.ts'

const input = welcome.omit({ token: true }).extend({ invitationId: z.uuid() })

/**
 * Uses a one-time link: sets the password, or makes the first administrator. The link counts as used only when all of
 * it succeeds. Whoever runs this has verified the token. Returns the mail address to sign in with.
 */
export const acceptInvitation = verb('invitation.accept', {
  permission: 'system',
  input,
  async run(ctx, given) {
    const link = await ctx.db
      .updateTable('invitations')
      .set({ used_at: ctx.now() })
      .where('id', '=', given.invitationId)
      .where('used_at', 'is', null)
      .where('expires_at', '>', ctx.now())
      .returning(['user_id', 'purpose'])
      .executeTakeFirst()
    if (!link) {
      const now = await welcomeOf(ctx.db, given.invitationId, ctx.now())
      throw conflict(now.state === 'good' ? 'This link was used at this very moment. Sign in.' : now.why)
    }
    return link.user_id === null
      ? becomeFirst(ctx, given)
      : setTheirs(ctx, link.user_id, link.purpose === 'reset' ? 'reset' : 'invitation', given)
  },
})

const becomeFirst = async (ctx: Context, given: z.output<typeof input>) => {
  await lockAdmins(ctx)
  const [admin] = await adminsWhoCanSignIn(ctx.db)
  if (admin) throw conflict('Watchfloor has an administrator already. Ask for an invitation.')
  if (!given.name) throw invalid('name', 'must be given: how others will see you')
  if (!given.email) throw invalid('email', 'must be given: you sign in with it')
  const { name, email, password, zone } = given
  const id = await makeAdmin(ctx, { name, email, password, zone })
  ctx.record(userWelcomed, { subject: ref('user', id), by: { id, name }, data: { name, purpose: 'first_admin' } })
  return { email }
}

const setTheirs = async (
  ctx: Context,
  userId: string,
  purpose: 'invitation' | 'reset',
  given: z.output<typeof input>,
) => {
  const user = await findUser(ctx.db, userId)
  if (!user || user.disabled) throw new AppError('forbidden', 'This account is disabled. Ask an administrator.')
  await setPassword(ctx, user, given.password)
  const { name = user.name, zone = user.zone } = given
  if (name !== user.name || zone !== user.zone) {
    await ctx.db
      .updateTable('users')
      .set((eb) => ({ name, zone, updated_at: ctx.now(), version: eb('version', '+', 1) }))
      .where('id', '=', userId)
      .execute()
  }
  ctx.record(userWelcomed, { subject: ref('user', userId), by: { id: userId, name }, data: { name, purpose } })
  return { email: user.email }
}
