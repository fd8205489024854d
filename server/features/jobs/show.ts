import { canJob } from '../../../contract/jobs/can.ts'
import type { PingFilters } from '../../../contract/jobs/filters.ts'
import { jobIdInput } from '../../../contract/jobs/inputs.ts'
import type { ReadContext } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { openRunsOf, selectJobs, showRow } from './job-rows.ts'
import { nextTimes } from './preview.ts'
import { barsOf, showOpen } from './run-rows.ts'
import { openAlertsOf } from './tell.ts'

export const readJob = query('job.read', {
  permission: 'job.read',
  input: jobIdInput,
  async run(ctx, { id }) {
    if (ctx.scope.rows !== 'all') throw notFound('The job')
    return showJob(ctx, id)
  },
})

/** A job with all that its page shows. */
export const showJob = async (ctx: Pick<ReadContext, 'db' | 'now' | 'config'>, id: string) => {
  const r = await selectJobs(ctx.db, ctx.now())
    .where('j.id', '=', id)
    .select([
      'j.description',
      'j.pings_per_second',
      'j.filters',
      'j.resumes_by_hand',
      'j.created_at',
      'j.updated_at',
      's.pings',
    ])
    .executeTakeFirst()
  if (!r) throw notFound('The job')
  const row = showRow(r, ctx.now())
  const facts = { name: r.name, paused: r.paused_at !== null, archived: r.archived_at !== null }
  const base = ctx.config.BASE_URL ?? `http://localhost:${ctx.config.PORT}`
  return {
    ...row,
    bars: (await barsOf(ctx.db, [id])).get(id) ?? [],
    description: r.description,
    pingUrl: `${base.replace(/\/$/, '')}/ping/${id}`,
    filters: r.filters as unknown as PingFilters,
    resumesByHand: r.resumes_by_hand,
    pingsPerSecond: r.pings_per_second,
    pings: r.pings,
    nextTimes: facts.paused || facts.archived ? [] : nextTimes(row.schedule, r.last_at ?? null, ctx.now()),
    zone: row.schedule.kind === 'period' ? null : row.schedule.zone,
    openRuns: openRunsOf(r).map(showOpen),
    alerts: (await openAlertsOf(ctx.db, id)).map((a) => ({
      id: a.id,
      kind: a.kind,
      status: a.status,
      ticket: a.ticketId && a.number ? { id: a.ticketId, number: a.number, state: a.ticketState ?? '' } : null,
    })),
    can: {
      change: canJob.change(facts),
      pause: canJob.pause(facts),
      resume: canJob.resume(facts),
      archive: canJob.archive(facts),
      restore: canJob.restore(facts),
    },
    createdAt: r.created_at,
    updatedAt: r.updated_at,
  }
}
