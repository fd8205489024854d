import { schedulerIdInput } from '../../../contract/schedulers/inputs.ts'
import { verb } from '../../platform/verb.ts'
import { closeSight } from '../jobs/index.ts'
import { schedulerDeleted } from './events.ts'
import { lookKey } from './look.ts'
import { aboutScheduler, byWhom, lockScheduler } from './rows.ts'
import { endLoss } from './tell.ts'

/** Ends a connection. Its jobs stay, and are judged by what they report themselves. */
export const deleteScheduler = verb('scheduler.delete', {
  permission: 'scheduler.write',
  input: schedulerIdInput,
  async run(ctx, { id }) {
    const row = await lockScheduler(ctx, id)
    ctx.cancelDue(lookKey(id))
    await endLoss(ctx, row, `${row.name} was disconnected by ${byWhom(ctx)}`)
    await closeSight(ctx, id)
    await ctx.db.deleteFrom('schedulers').where('id', '=', id).execute()
    const before = { kind: row.kind, address: row.address, host: row.host }
    ctx.record(schedulerDeleted, { ...aboutScheduler(row), data: { name: row.name, before } })
    return { ok: true as const }
  },
})
