import { type HealthCheck, timeWords } from '../../platform/health.ts'

const SHOWN = 3
const MOST = 1_000

/** Jobs of which nobody knows whether they ran, because Watchfloor itself was not running when they were due. */
export const jobsHealth: HealthCheck = async (ctx) => {
  const rows = await ctx.db
    .selectFrom('jobs as j')
    .innerJoin('job_states as s', 's.job_id', 'j.id')
    .select(['j.name', 's.unheard_at as since'])
    .where('s.unheard_at', 'is not', null)
    .where('j.archived_at', 'is', null)
    .where('j.paused_at', 'is', null)
    .orderBy('s.unheard_at')
    .limit(MOST)
    .execute()
  const [first] = rows
  if (!first?.since) return []
  const names = rows.slice(0, SHOWN).map((r) => r.name)
  const more = rows.length - names.length
  const who = more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
  return [
    {
      what: 'Jobs',
      state: 'unknown',
      since: first.since,
      detail: `Watchfloor was not running when ${who} ${rows.length === 1 ? 'was' : 'were'} due (${timeWords(first.since, ctx.now())}); whether ${rows.length === 1 ? 'it' : 'they'} ran is not known.`,
    },
  ]
}
