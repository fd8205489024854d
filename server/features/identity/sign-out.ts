import { userId } from '../../../contract/identity/users.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { endSessions } from './credentials.ts'
import { userSignedOut } from './events.ts'
import { lockUser } from './locked-user.ts'
import { requireReach } from './reach.ts'

/** For who lost a device that is signed in: it has to sign in again wherever that is. Links and password stay. */
export const signOutEverywhere = verb('user.sign_out', {
  permission: 'people.write',
  input: userId,
  async run(ctx, { id }) {
    const user = await lockUser(ctx, id)
    if (user.role === 'admin') requireReach(ctx.actor, ['*'])
    const ended = await endSessions(ctx, id)
    if (ended === 0) return ctx.unchanged({ ended })
    ctx.record(userSignedOut, { subject: ref('user', id), data: { name: user.name, sessionsEnded: ended } })
    return { ended }
  },
})
