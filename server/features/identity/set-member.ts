import { setMemberInput } from '../../../contract/identity/teams.ts'
import { notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { memberSet } from './events.ts'
import { lockTeam, touchTeam } from './locked-team.ts'
import { findUser } from './lookup.ts'
import { loadTeam } from './team-queries.ts'

/** Puts a person into a team, or changes the role there. It counts from the person's next request on. */
export const setMember = verb('team.set_member', {
  permission: 'team.write',
  input: setMemberInput,
  async run(ctx, { id, userId, role }) {
    const team = await lockTeam(ctx, id)
    const user = await findUser(ctx.db, userId)
    if (!user) throw notFound('This person')
    const before = await ctx.db
      .selectFrom('team_members')
      .select('role')
      .where('team_id', '=', id)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    if (before?.role === role) return ctx.unchanged(await loadTeam(ctx.db, id))
    await ctx.db
      .insertInto('team_members')
      .values({ team_id: id, user_id: userId, role })
      .onConflict((c) => c.columns(['team_id', 'user_id']).doUpdateSet({ role }))
      .execute()
    await touchTeam(ctx, id)
    ctx.record(memberSet, {
      subject: ref('team', id),
      about: [ref('user', userId)],
      team: id,
      data: { name: team.name, user: user.name, role, before: before?.role ?? null },
    })
    return loadTeam(ctx.db, id)
  },
})
