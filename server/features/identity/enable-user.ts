import { userId } from '../../../contract/identity/users.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { endSessions } from './credentials.ts'
import { userEnabled } from './events.ts'
import { lockUser } from './locked-user.ts'
import { requireReach } from './reach.ts'
import { loadUser } from './user-queries.ts'

/** Lets a disabled person sign in again, with the password they had. */
export const enableUser = verb('user.enable', {
  permission: 'people.write',
  input: userId,
  async run(ctx, { id }) {
    const user = await lockUser(ctx, id)
    if (!user.disabled_at) return ctx.unchanged(await loadUser(ctx.db, id))
    if (user.role === 'admin') requireReach(ctx.actor, ['*'])
    await ctx.db
      .updateTable('users')
      .set((eb) => ({ disabled_at: null, updated_at: ctx.now(), version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
    // A sign-in that was under way while the account was disabled may have left a session.
    await endSessions(ctx, id)
    ctx.record(userEnabled, { subject: ref('user', id), data: { name: user.name } })
    return loadUser(ctx.db, id)
  },
})
