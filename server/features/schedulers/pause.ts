import { canScheduler } from '../../../contract/schedulers/can.ts'
import { schedulerIdInput } from '../../../contract/schedulers/inputs.ts'
import type { Context } from '../../platform/context.ts'
import { conflict } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { blindSight } from '../jobs/index.ts'
import { schedulerAsked, schedulerPaused, schedulerResumed } from './events.ts'
import { lookKey, lookSoon } from './look.ts'
import { aboutScheduler, lockScheduler, showScheduler } from './rows.ts'
import { endLoss } from './tell.ts'

/** It is asked no more; how its jobs are is not known from now on, and nothing is held against them. */
export const pauseScheduler = verb('scheduler.pause', {
  permission: 'scheduler.write',
  input: schedulerIdInput,
  async run(ctx, { id }) {
    const row = await lockScheduler(ctx, id)
    const refusal = canScheduler.pause(row)
    if (refusal) throw conflict(refusal)
    await enable(ctx, id, false)
    ctx.cancelDue(lookKey(id))
    await blindSight(ctx, id, ctx.now())
    await endLoss(ctx, row, `The connection to ${row.name} is paused`)
    ctx.record(schedulerPaused, { ...aboutScheduler(row), data: { name: row.name } })
    return showScheduler(ctx, id)
  },
})

/** It is asked again, from where it was left. */
export const resumeScheduler = verb('scheduler.resume', {
  permission: 'scheduler.write',
  input: schedulerIdInput,
  async run(ctx, { id }) {
    const row = await lockScheduler(ctx, id)
    const refusal = canScheduler.resume(row)
    if (refusal) throw conflict(refusal)
    await enable(ctx, id, true)
    await lookSoon(ctx, id)
    ctx.record(schedulerResumed, { ...aboutScheduler(row), data: { name: row.name } })
    return showScheduler(ctx, id)
  },
})

/** It is asked at once, and then as before. */
export const askNow = verb('scheduler.ask_now', {
  permission: 'scheduler.write',
  input: schedulerIdInput,
  async run(ctx, { id }) {
    const row = await lockScheduler(ctx, id)
    if (!row.enabled) throw conflict(`${row.name} is paused. Resume it, and it is asked.`)
    await lookSoon(ctx, id)
    ctx.record(schedulerAsked, { ...aboutScheduler(row), data: { name: row.name } })
    return showScheduler(ctx, id)
  },
})

const enable = async (ctx: Context, id: string, enabled: boolean): Promise<void> => {
  await ctx.db
    .updateTable('schedulers')
    .set((eb) => ({ enabled, updated_at: ctx.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}
