import { sql } from 'kysely'
import { z } from 'zod'
import { createJobInput, jobSlug } from '../../../contract/jobs/inputs.ts'
import { verb } from '../../platform/verb.ts'
import { createJob } from './create.ts'

/**
 * The job that a ping names which may make one, made if there is none, and held to what its dialect says. Two first
 * pings at once make one job.
 */
export const jobForPing = verb('job.for_ping', {
  permission: 'job.write',
  input: z.object({
    teamId: z.uuid(),
    slug: jobSlug,
    job: createJobInput.pick({ schedule: true, graceSeconds: true, maxRunSeconds: true, rules: true }),
  }),
  async run(ctx, { teamId, slug, job }) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`ping slug ${teamId} ${slug}`}, 0))`.execute(ctx.db)
    const there = await ctx.db
      .selectFrom('jobs')
      .select('id')
      .where('slug', '=', slug)
      .where('team_id', '=', teamId)
      .where('archived_at', 'is', null)
      .executeTakeFirst()
    if (there) return ctx.unchanged({ jobId: there.id, created: false })
    const input = createJobInput.parse({ ...job, name: slug, slug, teamId })
    return { jobId: (await createJob.run(ctx, input)).id, created: true }
  },
})
