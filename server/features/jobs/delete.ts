import { jobIdInput } from '../../../contract/jobs/inputs.ts'
import { actorRow } from '../../platform/access.ts'
import { conflict } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { jobDeleted } from './events.ts'
import { followersOf } from './follow.ts'
import { lockJob } from './guard.ts'
import { alertKinds } from './signal.ts'
import { aboutJob, endAlerts, tellRow } from './tell.ts'

/** Deletes a job. Alerts that it has open end, and say why; its pings go with their retention. */
export const deleteJob = verb('job.delete', {
  permission: 'job.write',
  input: jobIdInput,
  async run(ctx, { id }) {
    const row = await lockJob(ctx, id)
    const followers = await followersOf(ctx, id)
    if (followers.length > 0)
      throw conflict(
        `${followers.join(', ')} ${followers.length === 1 ? 'is' : 'are'} expected after ${row.name}. Change when first.`,
      )
    const told = await tellRow(ctx, id)
    if (told)
      await endAlerts(
        ctx,
        told,
        alertKinds,
        `${row.name} was deleted by ${actorRow(ctx.actor).name}; nobody expects it now`,
      )
    await ctx.db.deleteFrom('jobs').where('id', '=', id).execute()
    ctx.record(jobDeleted, {
      ...aboutJob({ id, serviceId: row.service_id }),
      team: row.team_id,
      data: {
        name: row.name,
        before: { schedule: row.schedule, serviceId: row.service_id, environment: row.environment },
      },
    })
    return { ok: true as const }
  },
})
