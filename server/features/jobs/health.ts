import { sql } from 'kysely'
import type { ReadContext } from '../../platform/context.ts'
import { type HealthCheck, type HealthItem, timeWords } from '../../platform/health.ts'

const SHOWN = 3
const MOST = 1_000

/** What the floor must know of jobs beside how they are. */
export const jobsHealth: HealthCheck = async (ctx) => [...(await unheardJobs(ctx)), ...(await endingCalendars(ctx))]

/** Jobs of which nobody knows whether they ran, because Watchfloor itself was not running when they were due. */
const unheardJobs: HealthCheck = async (ctx) => {
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

const AHEAD_DAYS = 30

/** Calendars whose holidays end, and by which jobs are expected: beyond, nobody knows what a business day is. */
const endingCalendars = async (ctx: ReadContext): Promise<HealthItem[]> => {
  const soon = ctx.now().toZonedDateTimeISO('UTC').toPlainDate().add({ days: AHEAD_DAYS })
  const { rows } = await sql<{ name: string; through: string; jobs: number; first: string }>`
    select c.name, c.valid_through::text as through, count(*)::int as jobs, min(j.name) as first
    from calendars c join jobs j
      on j.schedule ? 'calendars' and j.schedule -> 'calendars' @> to_jsonb(array[c.slug])
    where c.valid_through <= ${soon.toString()}::date and j.archived_at is null and j.paused_at is null
    group by c.id order by c.valid_through, c.name limit ${SHOWN}`.execute(ctx.db)
  return rows.map(({ name, through, jobs, first }) => ({
    what: 'Calendars of jobs',
    state: 'warn',
    since: null,
    detail: `The holidays of ${name} are entered through ${through} only, and ${first}${jobs > 1 ? ` and ${jobs - 1} more jobs are` : ' is'} expected by them. Add the next ones to the calendar.`,
  }))
}
