import { userId } from '../../../../contract/identity/users.ts'
import { ref } from '../../../platform/events.ts'
import { verb } from '../../../platform/verb.ts'
import { secondFactorRemoved } from '../events.ts'
import { lockUser } from '../locked-user.ts'
import { requireReach } from '../reach.ts'
import { loadUser } from '../user-queries.ts'
import { takeAway } from './set-up.ts'

/** For who lost the device and the recovery codes: the password alone is enough again. */
export const removeSecondFactor = verb('user.remove_second_factor', {
  permission: 'people.write',
  input: userId,
  async run(ctx, { id }) {
    const user = await lockUser(ctx, id)
    if (user.role === 'admin') requireReach(ctx.actor, ['*'])
    if (!(await takeAway(ctx, id))) return ctx.unchanged(await loadUser(ctx.db, id))
    ctx.record(secondFactorRemoved, { subject: ref('user', id), data: { name: user.name } })
    return loadUser(ctx.db, id)
  },
})
