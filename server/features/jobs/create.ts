import { randomUUID } from 'node:crypto'
import type { Insertable } from 'kysely'
import { createJobInput } from '../../../contract/jobs/inputs.ts'
import type { Context } from '../../platform/context.ts'
import type { Jobs } from '../../platform/db/schema.gen.ts'
import { invalid } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { requireOwnTeam, requireService } from '../monitors/index.ts'
import { jobCreated } from './events.ts'
import { expectFromNow } from './expect.ts'
import { requireFreeSlug, requireSchedule } from './guard.ts'
import { showJob } from './show.ts'
import { aboutJob } from './tell.ts'

export const createJob = verb('job.create', {
  permission: 'job.write',
  input: createJobInput,
  async run(ctx, { teamId: chosen, slug, id: given, ...f }) {
    const service = await requireService(ctx, f.serviceId, f.environment)
    const teamId = chosen === undefined ? service.ownerTeamId : chosen
    await requireOwnTeam(ctx, teamId)
    requireSchedule(f.schedule, ctx.now().epochMilliseconds)
    // By chance throughout: whoever knows it may ping.
    const id = given ?? randomUUID()
    if (given) await requireFreeId(ctx, given)
    if (f.rules === 'own' && slug) await requireFreeSlug(ctx, slug, teamId)
    const columns: Insertable<Jobs> = {
      id,
      slug: slug ?? (await freeSlug(ctx, f.name, id)),
      name: f.name,
      description: f.description,
      service_id: f.serviceId,
      environment: f.environment,
      team_id: teamId,
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
      created_at: ctx.now(),
      updated_at: ctx.now(),
    }
    await ctx.db.insertInto('jobs').values(columns).execute()
    await ctx.db.insertInto('job_states').values({ job_id: id }).execute()
    await expectFromNow(ctx, id, 'made')
    ctx.record(jobCreated, {
      ...aboutJob({ id, serviceId: f.serviceId }),
      team: teamId,
      data: { name: f.name, after: { ...f, teamId } },
    })
    return showJob(ctx, id)
  },
})

const requireFreeId = async (ctx: Context, id: string): Promise<void> => {
  const found = await ctx.db.selectFrom('jobs').select('name').where('id', '=', id).executeTakeFirst()
  if (found) throw invalid('id', `is that of another job, ${found.name}; leave it away to get a new one.`)
}

/** A slug out of the name, with a piece of the id where another job has it already. */
const freeSlug = async (ctx: Context, name: string, id: string): Promise<string> => {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '')
  const piece = id.slice(0, 6)
  if (!plain) return `job-${piece}`
  const found = await ctx.db.selectFrom('jobs').select('id').where('slug', '=', plain).executeTakeFirst()
  return found ? `${plain}-${piece}` : plain
}
