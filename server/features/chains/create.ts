import { createDeadlineInput } from '../../../contract/chains/deadline.ts'
import { slugOf } from '../../../contract/slug.ts'
import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { requireOwnTeam } from '../monitors/index.ts'
import { deadlineSet } from './events.ts'
import { aboutDeadline, requireCalendar, requireHurtService, requireJob } from './guard.ts'
import { predictSoon } from './predict-due.ts'
import { showDeadline } from './show.ts'

export const createDeadline = verb('deadline.create', {
  permission: 'chain.write',
  input: createDeadlineInput,
  async run(ctx, { slug, teamId: givenTeam, serviceId: givenService, ...f }) {
    const job = await requireJob(ctx, f.jobId)
    const teamId = givenTeam === undefined ? job.team_id : givenTeam
    const serviceId = givenService === undefined ? job.service_id : givenService
    await requireOwnTeam(ctx, teamId)
    if (givenService) await requireHurtService(ctx, givenService)
    await requireCalendar(ctx, f.calendarId)
    const id = newId()
    await ctx.db
      .insertInto('chain_deadlines')
      .values({
        id,
        slug: await freeSlug(ctx, slug, f.name, id),
        name: f.name,
        job_id: f.jobId,
        due: JSON.stringify(f.due),
        weekdays: f.weekdays,
        calendar_id: f.calendarId,
        cut: f.cut,
        tell_from: f.tellFrom,
        odds_limit: f.oddsLimit,
        consequence: f.consequence,
        audience: f.audience,
        cost: f.cost,
        team_id: teamId,
        service_id: serviceId,
        created_at: ctx.now(),
        updated_at: ctx.now(),
      })
      .execute()
    ctx.record(deadlineSet, {
      ...aboutDeadline({ id, jobId: f.jobId, serviceId }),
      team: teamId,
      data: { name: f.name, job: job.name, after: { ...f, teamId, serviceId } },
    })
    predictSoon(ctx, id)
    return showDeadline(ctx, id)
  },
})

const freeSlug = async (ctx: Context, given: string | undefined, name: string, id: string): Promise<string> => {
  const wanted = given ?? slugOf(name, 50)
  const taken =
    wanted === '' ||
    (await ctx.db.selectFrom('chain_deadlines').select('name').where('slug', '=', wanted).executeTakeFirst())
  if (!taken) return wanted
  if (given && taken !== true) throw invalid('slug', `${given} is taken by ${taken.name}; choose another.`)
  return [wanted, id.slice(-6)].filter(Boolean).join('-')
}
