import { changeTeamInput } from '../../../contract/identity/teams.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { changesOf } from './changes.ts'
import { teamChanged } from './events.ts'
import { lockTeam, touchTeam } from './locked-team.ts'
import { loadTeam } from './team-queries.ts'

/** Changes what a team is called, its kind, zone or description. The slug stays: addresses and files name the team by it. */
export const changeTeam = verb('team.change', {
  permission: 'team.write',
  input: changeTeamInput,
  async run(ctx, { id, ...wanted }) {
    const before = await lockTeam(ctx, id)
    const difference = changesOf(before, wanted)
    if (!difference) return ctx.unchanged(await loadTeam(ctx.db, id))
    await touchTeam(ctx, id, difference.set)
    ctx.record(teamChanged, {
      subject: ref('team', id),
      team: id,
      data: { name: before.name, changes: difference.changes },
    })
    return loadTeam(ctx.db, id)
  },
})
