import { removeMemberInput } from '../../../contract/identity/teams.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { memberRemoved } from './events.ts'
import { lockTeam, touchTeam } from './locked-team.ts'
import { userNames } from './lookup.ts'
import { loadTeam } from './team-queries.ts'

/** Takes a person out of a team. */
export const removeMember = verb('team.remove_member', {
  permission: 'team.write',
  input: removeMemberInput,
  async run(ctx, { id, userId }) {
    const team = await lockTeam(ctx, id)
    const { numDeletedRows } = await ctx.db
      .deleteFrom('team_members')
      .where('team_id', '=', id)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    if (numDeletedRows === 0n) return ctx.unchanged(await loadTeam(ctx.db, id))
    await touchTeam(ctx, id)
    const user = (await userNames(ctx.db, [userId])).get(userId) ?? 'Somebody'
    ctx.record(memberRemoved, {
      subject: ref('team', id),
      about: [ref('user', userId)],
      team: id,
      data: { name: team.name, user },
    })
    return loadTeam(ctx.db, id)
  },
})
