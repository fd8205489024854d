import { changeMeInput } from '../../../contract/identity/me.ts'
import { requireUser } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { changesOf } from './changes.ts'
import { userChanged } from './events.ts'
import { lockUser } from './locked-user.ts'
import { loadMe } from './me-query.ts'

/** Changes one's own name or time zone. */
export const changeMe = verb('me.change', {
  permission: 'me.write',
  input: changeMeInput,
  async run(ctx, wanted) {
    const self = ctx.scope.userId ?? requireUser(ctx)
    const before = await lockUser(ctx, self)
    const difference = changesOf(before, wanted)
    if (!difference) return ctx.unchanged(await loadMe(ctx))
    await ctx.db
      .updateTable('users')
      .set({ ...difference.set, updated_at: ctx.now() })
      .set((eb) => ({ version: eb('version', '+', 1) }))
      .where('id', '=', self)
      .execute()
    ctx.record(userChanged, { subject: ref('user', self), data: { name: before.name, changes: difference.changes } })
    return loadMe(ctx)
  },
})
