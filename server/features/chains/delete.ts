import { deadlineIdInput } from '../../../contract/chains/deadline.ts'
import { actorRow } from '../../platform/access.ts'
import { verb } from '../../platform/verb.ts'
import { deadlineDeleted } from './events.ts'
import { aboutDeadline, lockDeadline } from './guard.ts'
import { endAlertsOf } from './tell.ts'

/** Deletes a deadline. Alerts that it has open end, and say why. */
export const deleteDeadline = verb('deadline.delete', {
  permission: 'chain.write',
  input: deadlineIdInput,
  async run(ctx, { id }) {
    const row = await lockDeadline(ctx, id)
    await endAlertsOf(ctx, id, `${row.name} was deleted by ${actorRow(ctx.actor).name}`)
    ctx.cancelDue(`deadline-predict:${id}`)
    ctx.cancelDue(`deadline-moved:${id}`)
    await ctx.db.deleteFrom('chain_deadlines').where('id', '=', id).execute()
    ctx.record(deadlineDeleted, {
      ...aboutDeadline({ id, jobId: row.job_id, serviceId: row.service_id }),
      team: row.team_id,
      data: { name: row.name, before: { due: row.due, jobId: row.job_id, serviceId: row.service_id } },
    })
    return { ok: true as const }
  },
})
