import { can } from '../../../contract/identity/can.ts'
import { userId } from '../../../contract/identity/users.ts'
import { conflict } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { resetOffered, userInvited } from './events.ts'
import { issueLink } from './links.ts'
import { lockUser } from './locked-user.ts'
import { requireReach } from './reach.ts'
import { loadUser } from './user-queries.ts'

/**
 * Makes a fresh one-time link for a person: an invitation for one who has no password yet, else a reset. The old
 * password and sessions go on until the link is used; older links stop to work at once.
 */
export const sendLink = verb('user.send_link', {
  permission: 'people.write',
  input: userId,
  async run(ctx, { id }) {
    const { role } = await lockUser(ctx, id)
    if (role === 'admin') requireReach(ctx.actor, ['*'])
    const user = await loadUser(ctx.db, id)
    const refusal = can.sendLink(user)
    if (refusal) throw conflict(refusal)
    const purpose = user.state === 'invited' ? 'invitation' : 'reset'
    const { id: invitationId, link, expiresAt } = await issueLink(ctx, purpose, id)
    const data = { name: user.name, email: user.email, invitationId, expiresAt: expiresAt.toString() }
    const subject = ref('user', id)
    if (purpose === 'invitation') ctx.record(userInvited, { subject, data: { ...data, role } })
    else ctx.record(resetOffered, { subject, data })
    return { link, purpose, expiresAt } as const
  },
})
