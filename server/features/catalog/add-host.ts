import { addHostInput } from '../../../contract/catalog/host.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { holdHostName } from './change-host.ts'
import { hostAdded } from './events.ts'
import { requireOwnTeam } from './guard.ts'
import { showHost } from './show-host.ts'

export const addHost = verb('host.add', {
  permission: 'host.write',
  input: addHostInput,
  async run(ctx, { name, teamId, ...rest }) {
    await requireOwnTeam(ctx, 'teamId', teamId)
    await holdHostName(ctx, name)
    const id = newId()
    const at = { created_at: ctx.now(), updated_at: ctx.now() }
    await ctx.db
      .insertInto('hosts')
      .values({ id, name, team_id: teamId, ...rest, ...at })
      .execute()
    ctx.record(hostAdded, { subject: ref('host', id), team: teamId, data: { name, after: { teamId, ...rest } } })
    return showHost(ctx.db, id)
  },
})
