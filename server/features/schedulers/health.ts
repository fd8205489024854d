import { type HealthCheck, timeWords } from '../../platform/health.ts'

const TOLD = 5

/** Schedulers that cannot be read: nobody knows how their jobs are. */
export const schedulersHealth: HealthCheck = async (ctx) => {
  const rows = await ctx.db
    .selectFrom('scheduler_states as s')
    .innerJoin('schedulers as c', 'c.id', 's.scheduler_id')
    .select(['c.name', 's.read_at', 's.failing_since', 's.problem'])
    .where('s.lost_since', 'is not', null)
    .where('c.enabled', '=', true)
    .orderBy('c.name')
    .orderBy('c.id')
    .limit(TOLD)
    .execute()
  return rows.map((r) => {
    const last = r.read_at ? `It was read last at ${timeWords(r.read_at, ctx.now())}.` : 'It has not been read yet.'
    return {
      what: `Scheduler ${r.name}`,
      state: 'bad',
      detail: `It cannot be read: ${r.problem}. ${last} How its jobs are is not known; look at its page, under Jobs, Schedulers.`,
      since: r.failing_since,
    }
  })
}
