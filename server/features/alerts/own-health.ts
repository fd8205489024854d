import { sql } from 'kysely'
import { type Instant, plusSeconds } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { type HealthCheck, type HealthItem, timeWords } from '../../platform/health.ts'
import { oneLine, sentence } from '../../platform/text.ts'

const DAY = 86_400
const SHOWN = 3

type Source = { name: string; problem: string; at: Instant }

/** Sources of which something could not be read within the last day. */
const unreadable = async (ctx: ReadContext): Promise<HealthItem[]> => {
  const { rows } = await sql<Source>`
    select s.name, x.problem, x.at from sources s cross join lateral (
      select last_problem as problem, last_problem_at as at from source_stats
      where source_id = s.id and last_problem_at > ${plusSeconds(ctx.now(), -DAY)} order by last_problem_at desc limit 1) x
    where s.enabled order by x.at desc limit 100`.execute(ctx.db)
  const [newest] = rows
  if (!newest) return []
  const names = rows
    .slice(0, SHOWN)
    .map((r) => r.name)
    .join(', ')
  const more = rows.length > SHOWN ? ` and ${rows.length - SHOWN} more` : ''
  return [
    {
      what: 'Sources',
      state: 'warn',
      detail: `Not all that comes from ${names}${more} can be read, last at ${timeWords(newest.at, ctx.now())}: ${sentence(oneLine(newest.problem))} It was kept; see the page of the source.`,
      since: newest.at,
    },
  ]
}

/** The last time within a day that nothing was running: what happened then was not seen. */
const notRunning = async (ctx: ReadContext): Promise<HealthItem[]> => {
  const { rows } = await sql<{ from: Instant; to: Instant }>`
    select "from", "to" from (
      select lag(to_at) over (order by from_at) as "from", from_at as "to" from observed_spans
      where to_at > ${plusSeconds(ctx.now(), -2 * DAY)}) gaps
    where "from" is not null and "to" > ${plusSeconds(ctx.now(), -DAY)} order by "to" desc limit 1`.execute(ctx.db)
  return rows.map(({ from, to }) => ({
    what: 'Watchfloor',
    state: 'warn',
    detail: `It was not running from ${timeWords(from, ctx.now())} to ${timeWords(to, ctx.now())}: what happened then was not observed.`,
    since: from,
  }))
}

/** What the alerts know to be missing from what they show. */
export const alertsHealth: HealthCheck = async (ctx) => [...(await notRunning(ctx)), ...(await unreadable(ctx))]
