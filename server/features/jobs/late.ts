import { expectLateInput, jobIdInput, skipJobInput } from '../../../contract/jobs/inputs.ts'
import { actorRow } from '../../platform/access.ts'
import { type Instant, plusSeconds } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { jobExpectedInTime, jobExpectedLate, jobSkipped } from './events.ts'
import { expectAgain, forgetFlips, skipNext } from './expect.ts'
import { lockJob } from './guard.ts'
import { showJob } from './show.ts'
import { aboutJob, endAlerts, tellRow } from './tell.ts'

const MOST_AHEAD_SECONDS = 7 * 86_400

/** It will be late, and somebody knows: until then nobody is told that it did not come. A miss that is told ends. */
export const expectLate = verb('job.expect_late', {
  permission: 'job.write',
  input: expectLateInput,
  async run(ctx, { id, until, reason }) {
    const row = await lockJob(ctx, id, 'expectLate')
    if (Temporal.Instant.compare(until, ctx.now()) <= 0)
      throw invalid('until', 'must be in the future; choose a later time.')
    if (Temporal.Instant.compare(until, plusSeconds(ctx.now(), MOST_AHEAD_SECONDS)) > 0)
      throw invalid('until', 'must be within a week; pause the job if it stays away for longer.')
    await setLate(ctx, id, until, reason)
    await endMiss(ctx, id, `${actorRow(ctx.actor).name} knows that ${row.name} is late: ${reason}`)
    await expectAgain(ctx, id)
    ctx.record(jobExpectedLate, {
      ...aboutJob({ id, serviceId: row.service_id }),
      team: row.team_id,
      data: { name: row.name, until: until.toString(), reason },
    })
    return showJob(ctx, id)
  },
})

export const endLate = verb('job.end_late', {
  permission: 'job.write',
  input: jobIdInput,
  async run(ctx, { id }) {
    const row = await lockJob(ctx, id)
    if (row.late_until === null) return ctx.unchanged(await showJob(ctx, id))
    await setLate(ctx, id, null, '')
    await expectAgain(ctx, id)
    ctx.record(jobExpectedInTime, {
      ...aboutJob({ id, serviceId: row.service_id }),
      team: row.team_id,
      data: { name: row.name },
    })
    return showJob(ctx, id)
  },
})

/** It is not expected at the time that it missed, or at its next one; a period begins anew from now. */
export const skipJob = verb('job.skip', {
  permission: 'job.write',
  input: skipJobInput,
  async run(ctx, { id, reason }) {
    const row = await lockJob(ctx, id, 'skip')
    await endMiss(ctx, id, `${actorRow(ctx.actor).name} has let ${row.name} leave out this time: ${reason}`)
    const due = await skipNext(ctx, id)
    ctx.record(jobSkipped, {
      ...aboutJob({ id, serviceId: row.service_id }),
      team: row.team_id,
      data: { name: row.name, due: due?.toString() ?? null, reason },
    })
    return showJob(ctx, id)
  },
})

const setLate = (ctx: Context, id: string, until: Instant | null, reason: string) =>
  ctx.db
    .updateTable('jobs')
    .set((eb) => ({ late_until: until, late_reason: reason, updated_at: ctx.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()

const endMiss = async (ctx: Context, id: string, summary: string): Promise<void> => {
  const told = await tellRow(ctx, id)
  if (!told) return
  await forgetFlips(ctx, id, ['miss', 'unheard'])
  await endAlerts(ctx, told, ['miss'], summary)
}
