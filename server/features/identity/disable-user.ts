import { userId } from '../../../contract/identity/users.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { keepAnAdmin } from './admins.ts'
import { endSessions } from './credentials.ts'
import { userDisabled } from './events.ts'
import { withdrawLinks } from './links.ts'
import { lockUser } from './locked-user.ts'
import { requireReach } from './reach.ts'
import { loadUser } from './user-queries.ts'

/** Ends all sessions and links of a person and allows no new ones. The record, and what they did, stays. */
export const disableUser = verb('user.disable', {
  permission: 'people.write',
  input: userId,
  async run(ctx, { id }) {
    await keepAnAdmin(ctx, id)
    const user = await lockUser(ctx, id)
    if (user.disabled_at) return ctx.unchanged(await loadUser(ctx.db, id))
    if (user.role === 'admin') requireReach(ctx.actor, ['*'])
    await ctx.db
      .updateTable('users')
      .set((eb) => ({ disabled_at: ctx.now(), updated_at: ctx.now(), version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
    const sessionsEnded = await endSessions(ctx, id)
    await withdrawLinks(ctx, id)
    ctx.record(userDisabled, { subject: ref('user', id), data: { name: user.name, sessionsEnded } })
    return loadUser(ctx.db, id)
  },
})
