import { z } from 'zod'
import type { Instant } from '../../platform/clock.ts'
import type { DueInput } from '../../platform/due.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { jobResumed } from './events.ts'
import { lookAgain } from './expect.ts'
import { aboutJob } from './tell.ts'

/** A ping, or a run that took too long, has ended the pause of a job: by the rules of healthchecks. */
export const resumedJob = verb('job.resumed', {
  permission: 'system',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const job = await ctx.db
      .updateTable('jobs')
      .set((eb) => ({ paused_at: null, updated_at: ctx.now(), version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .where('paused_at', 'is not', null)
      .returning(['name', 'service_id', 'team_id'])
      .executeTakeFirst()
    if (!job) return ctx.unchanged(undefined)
    await lookAgain(ctx, id)
    ctx.record(jobResumed, {
      ...aboutJob({ id, serviceId: job.service_id }),
      team: job.team_id,
      data: { name: job.name },
    })
  },
})

export const resumedDue = (id: string, now: Instant): DueInput => ({
  key: `job-resumed:${id}`,
  at: now,
  run: resumedJob,
  input: { id },
  subject: ref('job', id),
  priority: 0,
})
