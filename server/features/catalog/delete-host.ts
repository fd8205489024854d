import { hostIdInput } from '../../../contract/catalog/host.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { lockHost } from './change-host.ts'
import { hostDeleted } from './events.ts'
import { touchService } from './guard.ts'

/** Deletes a host and the dependencies on it; the event stands in the timelines of the services that ran on it. */
export const deleteHost = verb('host.delete', {
  permission: 'host.write',
  input: hostIdInput,
  async run(ctx, { id }) {
    const host = await lockHost(ctx, id)
    const on = await ctx.db
      .deleteFrom('dependencies')
      .where('depends_on_host_id', '=', id)
      .returning('service_id')
      .execute()
    for (const serviceId of on.map((d) => d.service_id).sort()) await touchService(ctx, serviceId)
    await ctx.db.deleteFrom('hosts').where('id', '=', id).execute()
    ctx.record(hostDeleted, {
      subject: ref('host', id),
      about: on.map((d) => ref('service', d.service_id)),
      team: host.team_id,
      data: { name: host.name },
    })
    return { ok: true as const }
  },
})
