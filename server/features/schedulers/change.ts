import { isDeepStrictEqual } from 'node:util'
import { changeSchedulerInput } from '../../../contract/schedulers/inputs.ts'
import { verb } from '../../platform/verb.ts'
import { closeSight, openSight } from '../jobs/index.ts'
import { changedConfig, maskConfig, requireOwnTeam } from '../monitors/index.ts'
import { addressOf, type Config, SEALED_SCHEDULER, sealConfig } from './connection-config.ts'
import { schedulerChanged } from './events.ts'
import { requireOnlyOne } from './guard.ts'
import { lookSoon } from './look.ts'
import { aboutScheduler, lockScheduler, showScheduler } from './rows.ts'
import { kindOf } from './scheduler-kinds.ts'

/** Changes the fields that are given, and asks it at once. At another address it is read from the beginning. */
export const changeScheduler = verb('scheduler.change', {
  permission: 'scheduler.write',
  input: changeSchedulerInput,
  async run(ctx, { id, config: given, ...fields }) {
    const row = await lockScheduler(ctx, id)
    const kind = kindOf(row.kind)
    const { before: config, after: next } = changedConfig(kind, row, {
      given,
      crypto: ctx.crypto,
      purpose: SEALED_SCHEDULER,
    })
    const stored = { name: row.name, host: row.host, teamId: row.team_id, intervalSeconds: row.interval_seconds }
    const wanted = { ...stored, ...defined(fields) }
    const changed = differences({ ...config, ...stored }, { ...next, ...wanted })
    if (!changed) return ctx.unchanged(await showScheduler(ctx, id))
    if (wanted.teamId !== stored.teamId) await requireOwnTeam(ctx, wanted.teamId)
    await requireOnlyOne(ctx, { id, kind: row.kind, ...wanted })
    await ctx.db
      .updateTable('schedulers')
      .set((eb) => ({
        name: wanted.name,
        ...sealConfig(kind, next, ctx.crypto),
        host: wanted.host,
        team_id: wanted.teamId,
        interval_seconds: wanted.intervalSeconds,
        updated_at: ctx.now(),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .execute()
    if (addressOf(config) !== addressOf(next) || wanted.host !== stored.host || wanted.teamId !== stored.teamId) {
      await ctx.db.updateTable('scheduler_states').set({ cursor: null }).where('scheduler_id', '=', id).execute()
      await ctx.db.deleteFrom('scheduler_strangers').where('scheduler_id', '=', id).execute()
      await ctx.db.deleteFrom('scheduler_estimates').where('scheduler_id', '=', id).execute()
      // Those of which it told before may be none of its any more.
      await closeSight(ctx, id)
    }
    await openSight(ctx, { id, name: wanted.name })
    if (row.enabled) await lookSoon(ctx, id)
    const masked = (part: Config) => maskConfig(kind, part)
    ctx.record(schedulerChanged, {
      ...aboutScheduler({ id, team_id: wanted.teamId }),
      data: { name: stored.name, before: masked(changed.before), after: masked(changed.after) },
    })
    return showScheduler(ctx, id)
  },
})

const defined = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

/** The fields that differ, as before and after; null when none does. */
const differences = (before: Config, after: Config): { before: Config; after: Config } | null => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (n) => !isDeepStrictEqual(before[n], after[n]),
  )
  const pick = (from: Config) => Object.fromEntries(names.map((n) => [n, from[n]]))
  return names.length === 0 ? null : { before: pick(before), after: pick(after) }
}
