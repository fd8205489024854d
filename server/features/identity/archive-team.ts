import { teamId } from '../../../contract/identity/teams.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { teamArchived } from './events.ts'
import { lockTeam, touchTeam } from './locked-team.ts'
import { loadTeam } from './team-queries.ts'

/** Takes a team out of use. Membership in it grants nothing any more; features to the right react to the event. */
export const archiveTeam = verb('team.archive', {
  permission: 'team.write',
  input: teamId,
  async run(ctx, { id }) {
    const team = await lockTeam(ctx, id)
    if (team.archived_at) return ctx.unchanged(await loadTeam(ctx.db, id))
    await touchTeam(ctx, id, { archived_at: ctx.now() })
    ctx.record(teamArchived, { subject: ref('team', id), team: id, data: { name: team.name } })
    return loadTeam(ctx.db, id)
  },
})
