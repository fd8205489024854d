import { randomUUID } from 'node:crypto'
import { createJobInput } from '../../../contract/jobs/inputs.ts'
import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { requireOwnTeam, requireService } from '../monitors/index.ts'
import { freeSlugs } from './free-slugs.ts'
import { requireFreeSlug, requireSchedule } from './guard.ts'
import { insertJobs } from './insert.ts'
import { showJob } from './show.ts'

export const createJob = verb('job.create', {
  permission: 'job.write',
  input: createJobInput,
  async run(ctx, { teamId: chosen, slug, id: given, ...f }) {
    const service = await requireService(ctx, f.serviceId, f.environment)
    const teamId = chosen === undefined ? service.ownerTeamId : chosen
    await requireOwnTeam(ctx, teamId)
    await requireSchedule(ctx, f.schedule)
    // By chance throughout: whoever knows it may ping.
    const id = given ?? randomUUID()
    if (given) await requireFreeId(ctx, given)
    if (f.rules === 'own' && slug) await requireFreeSlug(ctx, slug, teamId)
    const [made = ''] = slug ? [slug] : await freeSlugs(ctx, [{ id, name: f.name }])
    await insertJobs(ctx, [{ ...f, id, slug: made, teamId }])
    return showJob(ctx, id)
  },
})

const requireFreeId = async (ctx: Context, id: string): Promise<void> => {
  const found = await ctx.db.selectFrom('jobs').select('name').where('id', '=', id).executeTakeFirst()
  if (found) throw invalid('id', `is that of another job, ${found.name}; leave it out to get a new one.`)
}
