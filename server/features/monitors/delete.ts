import { monitorIdInput } from '../../../contract/monitors/inputs.ts'
import { actorRow } from '../../platform/access.ts'
import { verb } from '../../platform/verb.ts'
import { monitorDeleted } from './events.ts'
import { lockMonitor, noteChange } from './guard.ts'
import { aboutMonitor, tellAlerts, tellRow } from './report.ts'

/** Deletes a monitor. An alert that it has open ends, and says why; its results go with their retention. */
export const deleteMonitor = verb('monitor.delete', {
  permission: 'monitor.write',
  input: monitorIdInput,
  async run(ctx, { id }) {
    const row = await lockMonitor(ctx, id)
    const state = await ctx.db
      .selectFrom('monitor_states')
      .select('flip')
      .where('monitor_id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    const told = await tellRow(ctx, id)
    if (told && state && state.flip > 0) {
      const change = { state: 'up', from: null, why: '', message: '', ms: 0, at: ctx.now() } as const
      await tellAlerts(
        ctx,
        told,
        change,
        `${row.name} was deleted by ${actorRow(ctx.actor).name}; nobody looks any more`,
      )
    }
    await ctx.db.deleteFrom('monitor_spans').where('monitor_id', '=', id).execute()
    await ctx.db.deleteFrom('monitors').where('id', '=', id).execute()
    await noteChange(ctx, row.shard)
    ctx.record(monitorDeleted, {
      ...aboutMonitor({ id, serviceId: row.service_id }),
      team: row.team_id,
      data: {
        name: row.name,
        before: { kind: row.kind, address: row.address, serviceId: row.service_id, environment: row.environment },
      },
    })
    return { ok: true as const }
  },
})
