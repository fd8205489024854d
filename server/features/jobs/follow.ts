import { sql } from 'kysely'
import { z } from 'zod'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import type { DueInput } from '../../platform/due.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { expectFollowers } from './expect.ts'

/** The end of a run that other jobs follow. Times are epoch milliseconds. */
export type FollowedEnd = { jobId: string; run: string; at: number; succeeded: boolean; late: boolean }

const input = z.object({
  jobId: z.uuid(),
  run: z.uuid(),
  at: z.number(),
  succeeded: z.boolean(),
  late: z.boolean(),
})

/** Expects what follows a job, now that a run of it has ended. What has begun since that end is not expected again. */
export const followJob = verb('job.follow', {
  permission: 'system',
  input,
  async run(ctx, { jobId, at, succeeded, late }) {
    const { rows } = await sql<{ id: string; schedule: JobSchedule & { kind: 'after' } }>`
      select id, schedule from jobs where schedule ->> 'kind' = 'after' and schedule ->> 'job' = ${jobId}
        and paused_at is null and archived_at is null and (${succeeded} or schedule ->> 'when' = 'end')`.execute(ctx.db)
    // What was told late has its time from now on: the signs of its followers may be on their way as well.
    const from = late ? ctx.now().epochMilliseconds : at
    const due = new Map(rows.map((r) => [r.id, from + r.schedule.seconds * 1000]))
    if (due.size > 0) await expectFollowers(ctx, due, at)
    ctx.unchanged(undefined)
  },
})

/** The due work of such an end. */
export const followDue = (end: FollowedEnd, now: Instant): DueInput => ({
  key: `job-follow:${end.jobId}:${end.run}`,
  at: now,
  run: followJob,
  input: end,
  subject: ref('job', end.jobId),
  priority: 0,
})

/** Whether these are followed is another matter now: what is remembered of them must be read anew. */
export const rereadFollowed = async (ctx: Context, schedules: readonly JobSchedule[]): Promise<void> => {
  const ids = schedules.flatMap((s) => (s.kind === 'after' ? [s.job] : []))
  if (ids.length === 0) return
  await ctx.db
    .updateTable('job_states')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('job_id', 'in', ids)
    .execute()
}

/** The names of jobs that follow it. */
export const followersOf = async (ctx: Pick<Context, 'db'>, jobId: string): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select name from jobs where schedule ->> 'kind' = 'after' and schedule ->> 'job' = ${jobId} order by name limit 20`.execute(
    ctx.db,
  )
  return rows.map((r) => r.name)
}
