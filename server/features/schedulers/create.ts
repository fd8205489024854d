import { createSchedulerInput } from '../../../contract/schedulers/inputs.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { openSight } from '../jobs/index.ts'
import { parseConfig, requireOwnTeam } from '../monitors/index.ts'
import { sealConfig } from './connection-config.ts'
import { schedulerCreated } from './events.ts'
import { requireOnlyOne } from './guard.ts'
import { lookDue } from './look.ts'
import { aboutScheduler, showScheduler } from './rows.ts'
import { kindOf } from './scheduler-kinds.ts'

/** Connects a scheduler, and asks it at once. */
export const createScheduler = verb('scheduler.create', {
  permission: 'scheduler.write',
  input: createSchedulerInput,
  async run(ctx, { kind, config: given, ...f }) {
    await requireOwnTeam(ctx, f.teamId)
    const of = kindOf(kind)
    const kept = sealConfig(of, parseConfig(of, given, null), ctx.crypto)
    await requireOnlyOne(ctx, { kind, ...f, id: null })
    const id = newId()
    const at = ctx.now()
    await ctx.db
      .insertInto('schedulers')
      .values({
        id,
        name: f.name,
        kind,
        ...kept,
        host: f.host,
        team_id: f.teamId,
        interval_seconds: f.intervalSeconds,
        created_at: at,
        updated_at: at,
      })
      .execute()
    await ctx.db.insertInto('scheduler_states').values({ scheduler_id: id, next_at: at }).execute()
    await openSight(ctx, { id, name: f.name })
    ctx.due(lookDue(id, at))
    const after = { kind, address: kept.address, host: f.host, teamId: f.teamId, intervalSeconds: f.intervalSeconds }
    ctx.record(schedulerCreated, { ...aboutScheduler({ id, team_id: f.teamId }), data: { name: f.name, after } })
    return showScheduler(ctx, id)
  },
})
