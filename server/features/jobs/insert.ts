import type { Insertable } from 'kysely'
import type { z } from 'zod'
import type { createJobInput } from '../../../contract/jobs/inputs.ts'
import type { Context } from '../../platform/context.ts'
import type { Jobs } from '../../platform/db/schema.gen.ts'
import { jobCreated } from './events.ts'
import { expectFromNow } from './expect.ts'
import { rereadFollowed } from './follow.ts'
import { uniqueKey } from './healthchecks/unique-key.ts'
import { writeTags } from './tags.ts'
import { aboutJob } from './tell.ts'
import { writeWaits } from './waits.ts'

export type NewJob = z.output<typeof createJobInput> & { id: string; slug: string; teamId: string | null }

/** Adds jobs whose team, service, schedule and slug were looked at before, and expects them from now on. */
export const insertJobs = async (ctx: Context, jobs: readonly NewJob[]): Promise<void> => {
  if (jobs.length === 0) return
  const rows = jobs.map(
    (f): Insertable<Jobs> => ({
      id: f.id,
      unique_key: uniqueKey(f.id),
      slug: f.slug,
      name: f.name,
      description: f.description,
      service_id: f.serviceId,
      environment: f.environment,
      team_id: f.teamId,
      schedule: JSON.stringify(f.schedule),
      grace_seconds: f.graceSeconds,
      max_run_seconds: f.maxRunSeconds,
      min_run_seconds: f.minRunSeconds,
      min_gap_seconds: f.minGapSeconds,
      failures_in_a_row: f.failuresInARow,
      rules: f.rules,
      tags: f.tags,
      filters: JSON.stringify(f.filters),
      resumes_by_hand: f.resumesByHand,
      pings_per_second: f.pingsPerSecond,
      tell_unusual: f.tellUnusual,
      created_at: ctx.now(),
      updated_at: ctx.now(),
    }),
  )
  const ids = jobs.map(({ id }) => id)
  await ctx.db.insertInto('jobs').values(rows).execute()
  await ctx.db
    .insertInto('job_states')
    .values(ids.map((id) => ({ job_id: id })))
    .execute()
  await writeTags(
    ctx.db,
    jobs.flatMap((job) => (job.tags.length > 0 ? [job.id] : [])),
  )
  await writeWaits(
    ctx,
    jobs.filter(({ waits }) => waits !== null),
  )
  await expectFromNow(ctx, ids, 'made')
  await rereadFollowed(
    ctx,
    jobs.map((f) => f.schedule),
  )
  for (const { id, slug: _, ...after } of jobs)
    ctx.record(jobCreated, {
      ...aboutJob({ id, serviceId: after.serviceId }),
      team: after.teamId,
      data: { name: after.name, after },
    })
}
