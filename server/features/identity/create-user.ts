import { createUserInput } from '../../../contract/identity/users.ts'
import { invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { userInvited } from './events.ts'
import { issueLink } from './links.ts'
import { requireReach } from './reach.ts'
import { loadUser } from './user-queries.ts'

/**
 * Invites a person. The answer gives the one-time link to the inviter, this once; the mail to the person is sent by a
 * reaction to `user.invited`, which asks `invitationUrl` for the link. Also what `watchfloor user add` calls.
 */
export const createUser = verb('user.create', {
  permission: 'people.write',
  input: createUserInput,
  async run(ctx, input) {
    if (input.role === 'admin') requireReach(ctx.actor, ['*'])
    const id = newId()
    const { zone } = input
    const row = await ctx.db
      .insertInto('users')
      .values({
        id,
        name: input.name,
        email: input.email,
        role: input.role,
        created_at: ctx.now(),
        updated_at: ctx.now(),
        ...(zone ? { zone } : {}),
      })
      .onConflict((c) => c.column('email').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) throw invalid('email', 'is the address of somebody who is here already; look them up under people')
    const link = await issueLink(ctx, 'invitation', id)
    ctx.record(userInvited, {
      subject: ref('user', id),
      data: {
        name: input.name,
        email: input.email,
        role: input.role,
        invitationId: link.id,
        expiresAt: link.expiresAt.toString(),
      },
    })
    const invitation = { link: link.link, purpose: 'invitation' as const, expiresAt: link.expiresAt }
    return { ...(await loadUser(ctx.db, id)), invitation }
  },
})
