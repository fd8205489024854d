import { sql } from 'kysely'
import { millisBetween, plusSeconds } from '../clock.ts'
import type { ReadContext } from '../context.ts'
import { deadManHealth } from '../dead-man.ts'
import { diskOf, diskWords } from '../disk.ts'
import { type HealthCheck, type HealthItem, timeWords } from '../health.ts'
import { sealHealth } from '../reseal.ts'
import { POOL_SIZE } from '../worker.ts'

const OVERDUE_SECONDS = 30
/** So many failures of the same work, and it will not mend itself. */
const STUCK_AFTER = 3
const MOST_STUCK = 5
/** Clocks of several machines may differ by this much. */
const CLOCK_SLACK_SECONDS = 60

const dueWork = async (ctx: ReadContext): Promise<HealthItem> => {
  const oldest = await ctx.db
    .selectFrom('due')
    .select(['at', 'verb'])
    .where('at', '<', plusSeconds(ctx.now(), -OVERDUE_SECONDS))
    .orderBy('at')
    .limit(1)
    .executeTakeFirst()
  if (!oldest) return { what: 'Due work', state: 'ok', detail: 'Nothing is late.', since: null }
  const seconds = Math.round(millisBetween(oldest.at, ctx.now()) / 1000)
  return {
    what: 'Due work',
    state: 'bad',
    detail: `The oldest (${oldest.verb}) is ${seconds} s late: pages, mails and alerts come as late. Look whether a process with the role worker runs, and how busy it is.`,
    since: oldest.at,
  }
}

type Stuck = { verb: string; n: number; attempts: number; error: string }

const stuckWork = async (ctx: ReadContext): Promise<HealthItem[]> => {
  const { rows } = await sql<Stuck>`
    select verb, count(*) as n, max(attempts) as attempts, (array_agg(last_error order by attempts desc))[1] as error
    from (select verb, attempts, last_error from due where attempts > ${STUCK_AFTER} and last_error is not null limit 1001) d
    group by verb order by 2 desc, 1 limit ${MOST_STUCK}`.execute(ctx.db)
  return rows.map(({ verb, n, attempts, error }) => ({
    what: `Due work ${verb}`,
    state: 'bad',
    detail: `${n > 1000 ? 'More than 1,000 are' : n > 1 ? `${n} are` : 'One is'} stuck after ${attempts} tries, and tried on: ${error}`,
    since: null,
  }))
}

const clockSetBack = async (ctx: ReadContext): Promise<HealthItem[]> => {
  const ahead = await ctx.db
    .selectFrom('events')
    .select('at')
    .where('at', '>', plusSeconds(ctx.now(), CLOCK_SLACK_SECONDS))
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!ahead) return []
  const minutes = Math.ceil(millisBetween(ctx.now(), ahead.at) / 60_000)
  return [
    {
      what: 'Clock',
      state: 'warn',
      detail: `The log goes on to ${timeWords(ahead.at, ctx.now())}, ${minutes} min from now: the clock of this machine was set back, or differs from another's. What was put off before that comes so much later. Keep it by NTP.`,
      since: null,
    },
  ]
}

const database = async (ctx: ReadContext): Promise<HealthItem> => {
  const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database())::bigint as bytes`.execute(
    ctx.db,
  )
  return { what: 'Database', state: 'ok', detail: `${Math.round((rows[0]?.bytes ?? 0) / 1e6)} MB`, since: null }
}

/** Before whoever comes next is refused. */
const CROWDED = 0.8

/** Several processes, or other programs, may take all connections that PostgreSQL has; null: there is room. */
export const connectionWords = (used: number, most: number): HealthItem | null =>
  used < most * CROWDED
    ? null
    : {
        what: 'Connections',
        state: 'warn',
        // One more beside the pool hears the bell.
        detail: `${used} of the ${most} connections of PostgreSQL are taken. A process of Watchfloor takes up to ${POOL_SIZE + 1}: raise max_connections, or run fewer processes.`,
        since: null,
      }

const connections = async (ctx: ReadContext): Promise<HealthItem[]> => {
  const { rows } = await sql<{ used: number; most: number }>`
    select sum(numbackends)::int as used,
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as most
    from pg_stat_database`.execute(ctx.db)
  const found = rows[0] && connectionWords(rows[0].used, rows[0].most)
  return found ? [found] : []
}

const disk = async (ctx: ReadContext): Promise<HealthItem[]> => {
  const found = await diskOf(ctx.config.DATA_DIR)
  return found ? [{ what: 'Disk', ...diskWords(found), since: null }] : []
}

/** What the platform knows of itself: due work, clock, disk, database. */
export const ownHealth: HealthCheck = async (ctx) => [
  await dueWork(ctx),
  ...(await stuckWork(ctx)),
  ...(await clockSetBack(ctx)),
  ...(await disk(ctx)),
  await database(ctx),
  ...(await connections(ctx)),
  ...(await deadManHealth(ctx)),
  ...(await sealHealth(ctx)),
]
