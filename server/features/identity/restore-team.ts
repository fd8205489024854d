import { teamId } from '../../../contract/identity/teams.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { teamRestored } from './events.ts'
import { lockTeam, touchTeam } from './locked-team.ts'
import { loadTeam } from './team-queries.ts'

/** Takes an archived team into use again, with the members it had. */
export const restoreTeam = verb('team.restore', {
  permission: 'team.write',
  input: teamId,
  async run(ctx, { id }) {
    const team = await lockTeam(ctx, id)
    if (!team.archived_at) return ctx.unchanged(await loadTeam(ctx.db, id))
    await touchTeam(ctx, id, { archived_at: null })
    ctx.record(teamRestored, { subject: ref('team', id), team: id, data: { name: team.name } })
    return loadTeam(ctx.db, id)
  },
})
