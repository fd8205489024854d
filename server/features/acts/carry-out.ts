import { sql } from 'kysely'
import { z } from 'zod'
import type { ActName } from '../../../contract/acts/words.ts'
import { plusSeconds } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { effect } from '../../platform/effect.ts'
import { reopenConfig } from '../monitors/index.ts'
import type { ActRow } from './act-rows.ts'
import { actionKinds } from './action-kinds.ts'
import { type Config, SEALED_ACTION } from './action-rows.ts'
import { lookFirst, type Outcome } from './define-kind.ts'
import { jobActDone, jobActFailed, jobActUnknown } from './events.ts'
import { aboutJobAct } from './job-facts.ts'

type Work = { row: ActRow; config: Config }

/**
 * Carries out an act, once. Its process may die while it is under way: then nobody knows whether the scheduler has heard of
 * it, and that is what is said; it is never done a second time by itself.
 */
export const carryOut = effect('job_act.carry_out', {
  input: z.object({ id: z.uuid() }),
  async begin(ctx, { id }): Promise<Work | null> {
    const row = await ctx.db.selectFrom('job_acts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (row?.state === 'doing') {
      const detail = `The process of Watchfloor that carried it out ended before there was an answer; ${lookFirst}`
      return settled(ctx, row, { state: 'unknown', detail })
    }
    if (row?.state !== 'asked') return null
    const action = await ctx.db
      .selectFrom('scheduler_actions')
      .selectAll()
      .where('id', '=', row.action_id)
      .executeTakeFirst()
    if (action?.version !== row.action_version) {
      const detail = `Nothing was sent: ${row.action_name} was ${action ? 'changed' : 'deleted'} after it was asked. Ask again.`
      return settled(ctx, row, { state: 'failed', detail })
    }
    const config = reopenConfig(action, ctx.crypto, SEALED_ACTION)
    if (!config) {
      const detail = `Nothing was sent: the headers of ${row.action_name} were sealed with another SECRET_KEY. Enter them again.`
      return settled(ctx, row, { state: 'failed', detail })
    }
    if (await areMany(ctx)) {
      ctx.due({ ...carryOutDue(id), at: plusSeconds(ctx.now(), 1) })
      return null
    }
    await ctx.db.updateTable('job_acts').set({ state: 'doing', began_at: ctx.now() }).where('id', '=', id).execute()
    return { row, config }
  },
  async perform({ row, config }, { platform, signal }): Promise<Outcome> {
    const kind = actionKinds.get(row.kind)
    if (!kind) return { state: 'failed', detail: `Nothing was sent: there is no kind ${row.kind} in this version.` }
    return kind.run(row.plan, config, { net: platform.net, programs: platform.config.SCHEDULER_PROGRAMS, signal })
  },
  async settle(ctx, { row }, outcome) {
    await settled(ctx, row, outcome)
  },
})

/** Whatever schedulers do not answer, there is room for what reaches a person. */
const MOST_AT_ONCE = 8

const areMany = async (ctx: Context): Promise<boolean> => {
  await sql`select pg_advisory_xact_lock(hashtext('job_acts'))`.execute(ctx.db)
  const rows = await ctx.db
    .selectFrom('job_acts')
    .select('id')
    .where('state', '=', 'doing')
    .limit(MOST_AT_ONCE)
    .execute()
  return rows.length >= MOST_AT_ONCE
}

/** An act that was asked is carried out by whoever is free. */
export const carryOutDue = (id: string) => ({
  key: `job-act:${id}`,
  run: carryOut,
  input: { id },
  priority: 0 as const,
})

const eventOf = { done: jobActDone, failed: jobActFailed, unknown: jobActUnknown }

const settled = async (ctx: Context, row: ActRow, outcome: Outcome): Promise<null> => {
  const [exitStatus, httpStatus] = [outcome.exitStatus ?? null, outcome.httpStatus ?? null]
  const { numUpdatedRows } = await ctx.db
    .updateTable('job_acts')
    .set({
      state: outcome.state,
      ended_at: ctx.now(),
      exit_status: exitStatus,
      http_status: httpStatus,
      detail: outcome.detail,
      output: outcome.output ?? '',
      output_bytes: outcome.outputBytes ?? 0,
    })
    .where('id', '=', row.id)
    .where('state', 'in', ['asked', 'doing'])
    .executeTakeFirst()
  const job = await ctx.db
    .selectFrom('jobs')
    .select(['id', 'name', 'team_id', 'service_id'])
    .where('id', '=', row.job_id)
    .executeTakeFirst()
  // Its job was deleted meanwhile, and its acts with it.
  if (numUpdatedRows === 0n || !job) return null
  ctx.record(eventOf[outcome.state], {
    ...(await aboutJobAct(ctx, { id: job.id, serviceId: job.service_id })),
    team: job.team_id,
    data: {
      id: row.id,
      name: job.name,
      act: row.act as ActName,
      action: row.action_name,
      date: String(row.business_date),
      detail: outcome.detail,
      exitStatus,
      httpStatus,
      output: (outcome.output ?? '').slice(-4_000),
    },
  })
  return null
}
