import { sql } from 'kysely'
import { actOnJobInput } from '../../../contract/acts/inputs.ts'
import { type ActName, actWords } from '../../../contract/acts/words.ts'
import { actorRow } from '../../platform/access.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { AppError, conflict, invalid } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { cut } from '../../platform/text.ts'
import { verb } from '../../platform/verb.ts'
import { wallWords, zoneOf } from '../jobs/index.ts'
import { requireCovered } from '../monitors/index.ts'
import { showAct } from './act-rows.ts'
import { actionKindOf } from './action-kinds.ts'
import { isFor, readActionRow } from './action-rows.ts'
import { carryOutDue } from './carry-out.ts'
import { jobActAsked } from './events.ts'
import { CannotFill } from './fill.ts'
import { aboutJobAct, type JobFacts, jobFacts, momentOf, valuesOf } from './job-facts.ts'

/** "Lena re-runs it since 07:13." */
export const underWayWords = (
  row: { act: string; by_name: string; asked_at: Instant },
  job: Pick<JobFacts, 'schedule'>,
  now: Instant,
): string => {
  const zone = zoneOf(job.schedule)
  const since = wallWords(row.asked_at.epochMilliseconds, zone, now.epochMilliseconds)
  return `${row.by_name} ${actWords[row.act as ActName].does} it since ${since} (${zone}).`
}

/**
 * Lets the scheduler of a job do something with it. What is carried out is settled here, with all placeholders filled, and
 * done after the commit; of each act a job has one at a time.
 */
export const actOnJob = verb('job.act', {
  permission: 'action.run',
  input: actOnJobInput,
  async run(ctx, { id, actionId, reason, actionVersion, words, businessDate }) {
    const job = await jobFacts(ctx, id)
    await requireCovered(ctx, job.name, job.teamId)
    if (job.archived) throw conflict(`${job.name} is archived. Restore it first.`)
    const action = await readActionRow(ctx, actionId)
    if (!isFor(action, job)) throw invalid('actionId', `${action.name} is not for ${job.name}; choose another.`)
    if (actionVersion !== undefined && actionVersion !== action.version)
      throw new AppError('stale', `${action.name} was changed since you read it. Look at what it does now.`)
    const kind = actionKindOf(action.kind)
    const moment = await momentOf(ctx, job, businessDate)
    const plan = planOf(() => kind.prepare(action.config, valuesOf(job, moment)))
    const { what } = kind.words(plan)
    if (words !== undefined && words !== what)
      throw new AppError('stale', `By now this would be carried out: ${cut(what, 500)} Look, and confirm it again.`)
    const by = actorRow(ctx.actor)
    const row = await ctx.db
      .insertInto('job_acts')
      .values({
        id: newId(),
        job_id: job.id,
        action_id: action.id,
        action_version: action.version,
        action_name: action.name,
        act: action.act,
        kind: action.kind,
        plan: JSON.stringify(plan),
        words: what,
        reason,
        run_id: moment.run?.id ?? null,
        business_date: moment.businessDate,
        by_kind: by.kind,
        by_id: by.id,
        by_name: by.name,
        asked_at: ctx.now(),
      })
      .onConflict((on) => on.columns(['job_id', 'act']).where(sql<boolean>`state in ('asked', 'doing')`).doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!row) throw conflict(await underWay(ctx, job, action.act))
    ctx.record(jobActAsked, {
      ...(await aboutJobAct(ctx, job)),
      team: job.teamId,
      data: {
        id: row.id,
        name: job.name,
        act: action.act as ActName,
        action: action.name,
        date: moment.businessDate,
        reason,
        words: what,
        run: row.run_id,
      },
    })
    ctx.due({ ...carryOutDue(row.id), at: ctx.now() })
    return showAct(row)
  },
})

const planOf = (prepare: () => unknown): unknown => {
  try {
    return prepare()
  } catch (error) {
    throw error instanceof CannotFill ? conflict(error.message) : error
  }
}

const underWay = async (ctx: Context, job: JobFacts, act: string): Promise<string> => {
  const row = await ctx.db
    .selectFrom('job_acts')
    .select(['act', 'by_name', 'asked_at'])
    .where('job_id', '=', job.id)
    .where('act', '=', act)
    .where('state', 'in', ['asked', 'doing'])
    .executeTakeFirst()
  return row ? underWayWords(row, job, ctx.now()) : 'Somebody else did this at the same moment. Look, and try again.'
}
