import { isDeepStrictEqual } from 'node:util'
import { changeMonitorInput } from '../../../contract/monitors/inputs.ts'
import { verb } from '../../platform/verb.ts'
import { type Config, changedConfig, maskConfig, sealConfig } from './config.ts'
import { monitorChanged } from './events.ts'
import { lockMonitor, noteChange, requireOwnTeam, requireRule, requireService, requireTime } from './guard.ts'
import { checkOf } from './kinds.ts'
import { aboutMonitor } from './report.ts'
import { showMonitor } from './show.ts'

/** What decides about looks: when it changes, those that were made before say nothing any more. */
const deciding = ['downAfter', 'ofLooks', 'upAfter']

/** Changes the fields that are given. Giving a monitor to another team needs both teams to be the actor's own. */
export const changeMonitor = verb('monitor.change', {
  permission: 'monitor.write',
  input: changeMonitorInput,
  async run(ctx, { id, config: given, ...fields }) {
    const row = await lockMonitor(ctx, id)
    const stored = {
      name: row.name,
      serviceId: row.service_id,
      environment: row.environment,
      teamId: row.team_id,
      intervalSeconds: row.interval_seconds,
      downAfter: row.down_after,
      ofLooks: row.of_looks,
      upAfter: row.up_after,
    }
    const check = checkOf(row.kind)
    const { before, after } = changedConfig(check, row, { given, crypto: ctx.crypto })
    const config = differences(before, after)
    const change = differences(stored, { ...stored, ...defined(fields) })
    if (!config && !change) return ctx.unchanged(await showMonitor(ctx, id))
    const next = { ...stored, ...change?.after }
    if (change && 'teamId' in change.after) await requireOwnTeam(ctx, next.teamId)
    if (change && ('serviceId' in change.after || 'environment' in change.after))
      await requireService(ctx, next.serviceId, next.environment)
    requireRule(next)
    const kept = sealConfig(check, after, ctx.crypto)
    requireTime(kept.timeout_seconds, next.intervalSeconds)
    await ctx.db
      .updateTable('monitors')
      .set((eb) => ({
        name: next.name,
        ...kept,
        service_id: next.serviceId,
        environment: next.environment,
        team_id: next.teamId,
        interval_seconds: next.intervalSeconds,
        down_after: next.downAfter,
        of_looks: next.ofLooks,
        up_after: next.upAfter,
        updated_at: ctx.now(),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .execute()
    if (config || deciding.some((f) => change && f in change.after))
      await ctx.db.updateTable('monitor_states').set({ looks: '[]' }).where('monitor_id', '=', id).execute()
    await noteChange(ctx, row.shard, next)
    const masked = (fields: Config) => maskConfig(check, fields)
    ctx.record(monitorChanged, {
      ...aboutMonitor({ id, serviceId: next.serviceId }),
      team: next.teamId,
      data: {
        name: stored.name,
        before: { ...change?.before, ...masked(config?.before ?? {}) },
        after: { ...change?.after, ...masked(config?.after ?? {}) },
      },
    })
    return showMonitor(ctx, id)
  },
})

const defined = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as Partial<T>

/** The fields that differ, as before and after; null when none does. */
const differences = <T extends Record<string, unknown>>(
  before: T,
  after: T,
): { before: Partial<T>; after: Partial<T> } | null => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (n) => !isDeepStrictEqual(before[n], after[n]),
  )
  const pick = (from: T) => Object.fromEntries(names.map((n) => [n, from[n]])) as Partial<T>
  return names.length === 0 ? null : { before: pick(before), after: pick(after) }
}
