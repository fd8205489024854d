import { changeUserInput } from '../../../contract/identity/users.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { keepAnAdmin } from './admins.ts'
import { changesOf } from './changes.ts'
import { userChanged } from './events.ts'
import { lockUser } from './locked-user.ts'
import { requireReach } from './reach.ts'
import { loadUser } from './user-queries.ts'

/** Changes a person's name, role or zone. The role counts from the next request on. The last administrator keeps the role. */
export const changeUser = verb('user.change', {
  permission: 'people.write',
  input: changeUserInput,
  async run(ctx, { id, ...wanted }) {
    if (wanted.role && wanted.role !== 'admin') await keepAnAdmin(ctx, id)
    const before = await lockUser(ctx, id)
    const difference = changesOf(before, wanted)
    if (!difference) return ctx.unchanged(await loadUser(ctx.db, id))
    if (wanted.role === 'admin' || before.role === 'admin') requireReach(ctx.actor, ['*'])
    await ctx.db
      .updateTable('users')
      .set({ ...difference.set, updated_at: ctx.now() })
      .set((eb) => ({ version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
    ctx.record(userChanged, { subject: ref('user', id), data: { name: before.name, changes: difference.changes } })
    return loadUser(ctx.db, id)
  },
})
