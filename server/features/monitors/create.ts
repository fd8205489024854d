import { createMonitorInput } from '../../../contract/monitors/inputs.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { parseConfig, sealConfig } from './config.ts'
import { monitorCreated } from './events.ts'
import { noteChange, requireOwnTeam, requireRule, requireService, requireTime } from './guard.ts'
import { checkOf } from './kinds.ts'
import { SHARDS } from './leases.ts'
import { aboutMonitor } from './report.ts'
import { showMonitor } from './show.ts'

export const createMonitor = verb('monitor.create', {
  permission: 'monitor.write',
  input: createMonitorInput,
  async run(ctx, { kind, config: given, teamId: chosen, ofLooks = 0, ...f }) {
    const service = await requireService(ctx, f.serviceId, f.environment)
    const teamId = chosen === undefined ? service.ownerTeamId : chosen
    await requireOwnTeam(ctx, teamId)
    const rule = { downAfter: f.downAfter, ofLooks: ofLooks || f.downAfter, upAfter: f.upAfter }
    requireRule(rule)
    const check = checkOf(kind)
    const kept = sealConfig(check, parseConfig(check, given, null), ctx.crypto)
    requireTime(kept.timeout_seconds, f.intervalSeconds)
    const id = newId()
    const shard = shardOf(id)
    await ctx.db
      .insertInto('monitors')
      .values({
        id,
        name: f.name,
        kind,
        ...kept,
        service_id: f.serviceId,
        environment: f.environment,
        team_id: teamId,
        interval_seconds: f.intervalSeconds,
        down_after: rule.downAfter,
        of_looks: rule.ofLooks,
        up_after: rule.upAfter,
        shard,
        created_at: ctx.now(),
        updated_at: ctx.now(),
      })
      .execute()
    await ctx.db.insertInto('monitor_states').values({ monitor_id: id, since: ctx.now() }).execute()
    await noteChange(ctx, shard, f)
    const after = {
      kind,
      address: kept.address,
      intervalSeconds: f.intervalSeconds,
      ...rule,
      serviceId: f.serviceId,
      environment: f.environment,
      teamId,
    }
    ctx.record(monitorCreated, {
      ...aboutMonitor({ id, serviceId: f.serviceId }),
      team: teamId,
      data: { name: f.name, after },
    })
    return showMonitor(ctx, id)
  },
})

/** The end of an id is random; what came first is the time. */
const shardOf = (id: string): number => Number.parseInt(id.slice(-4), 16) % SHARDS
