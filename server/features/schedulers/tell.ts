import type { Context } from '../../platform/context.ts'
import { cut, sentence } from '../../platform/text.ts'
import { jobSource, reportSignals, type Signal } from '../alerts/index.ts'
import { schedulerLost } from './events.ts'
import { aboutScheduler } from './rows.ts'

type Row = { id: string; name: string; team_id: string | null }

const signalOf = (ctx: Context, row: Row, { summary, details }: { summary: string; details?: string }): Signal => ({
  kind: details === undefined ? 'resolved' : 'firing',
  dedupKey: `scheduler:${row.id}`,
  at: null,
  severity: 'medium',
  summary: cut(summary, 500),
  ...(details === undefined ? {} : { details, told: cut(details, 9_500) }),
  ...(row.team_id ? { team: row.team_id } : {}),
  environment: 'prod',
  labels: { scheduler: row.name, what: 'connection' },
  links: ctx.config.BASE_URL ? [{ label: 'Connection', url: `${ctx.config.BASE_URL}/jobs/schedulers/${row.id}` }] : [],
})

/** Tells people that a scheduler cannot be read: once, until it can be again. */
export const tellLoss = async (ctx: Context, row: Row, problem: string): Promise<void> => {
  await ctx.db
    .updateTable('scheduler_states')
    .set({ lost_since: ctx.now() })
    .where('scheduler_id', '=', row.id)
    .execute()
  ctx.record(schedulerLost, { ...aboutScheduler(row), data: { name: row.name, problem } })
  const summary = `${row.name} cannot be read: how its jobs are is not known`
  const details = `${sentence(problem.charAt(0).toUpperCase() + problem.slice(1))}\nUntil it can be read none of its jobs is called missing.`
  await reportSignals(ctx, await jobSource(ctx), [signalOf(ctx, row, { summary, details })])
}

/** It can be read again, or nobody wants to: the alert ends. */
export const endLoss = async (ctx: Context, row: Row, summary: string): Promise<void> => {
  const { numUpdatedRows } = await ctx.db
    .updateTable('scheduler_states')
    .set({ lost_since: null, failing_since: null, problem: null })
    .where('scheduler_id', '=', row.id)
    .where('lost_since', 'is not', null)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) await reportSignals(ctx, await jobSource(ctx), [signalOf(ctx, row, { summary })])
}
