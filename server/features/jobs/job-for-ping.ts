import { sql } from 'kysely'
import { z } from 'zod'
import { createJobInput, jobSlug } from '../../../contract/jobs/inputs.ts'
import { verb } from '../../platform/verb.ts'
import { createJob } from './create.ts'

/**
 * The job that a ping with `create=1` names, made if there is none: as healthchecks makes it, expected once a day with
 * an hour of grace. Two first pings at once make one job.
 */
export const jobForPing = verb('job.for_ping', {
  permission: 'job.write',
  input: z.object({ teamId: z.uuid(), slug: jobSlug }),
  async run(ctx, { teamId, slug }) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`ping slug ${teamId} ${slug}`}, 0))`.execute(ctx.db)
    const there = await ctx.db
      .selectFrom('jobs')
      .select('id')
      .where('slug', '=', slug)
      .where('team_id', '=', teamId)
      .where('archived_at', 'is', null)
      .executeTakeFirst()
    if (there) return ctx.unchanged({ jobId: there.id, created: false })
    const input = createJobInput.parse({
      name: slug,
      slug,
      teamId,
      schedule: { kind: 'period', seconds: 86_400 },
      graceSeconds: 3_600,
      maxRunSeconds: null,
      rules: 'healthchecks',
    })
    return { jobId: (await createJob.run(ctx, input)).id, created: true }
  },
})
