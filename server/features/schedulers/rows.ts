import { sql } from 'kysely'
import { canScheduler } from '../../../contract/schedulers/can.ts'
import type { SchedulerState } from '../../../contract/schedulers/words.ts'
import { actorRow } from '../../platform/access.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { AppError, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { requireCovered } from '../monitors/index.ts'
import type { Config } from './connection-config.ts'
import { schedulerKinds } from './scheduler-kinds.ts'

const CAP = 1_001

const state = sql<SchedulerState>`
  case when not c.enabled then 'paused' when s.lost_since is not null then 'lost' when s.failing_since is not null then 'failing'
    when s.read_at is null then 'new' else 'reading' end`

const capped = (rows: ReturnType<typeof sql>) => sql<number>`(select count(*)::int from (${rows} limit ${CAP}) x)`

/** Connections as lists and pages show them. */
export const selectSchedulers = (db: Db) =>
  db
    .selectFrom('schedulers as c')
    .innerJoin('scheduler_states as s', 's.scheduler_id', 'c.id')
    .leftJoin('teams as t', 't.id', 'c.team_id')
    .selectAll('c')
    .select([
      't.name as team_name',
      's.about',
      's.looked_at',
      's.read_at',
      's.failing_since',
      's.problem',
      's.lost_since',
    ])
    .select(['s.next_at', 's.runs', state.as('state')])
    .select([
      capped(sql`select 1 from job_sight_jobs b where b.sight_id = c.id`).as('jobs'),
      capped(sql`select 1 from scheduler_strangers n where n.scheduler_id = c.id`).as('strangers'),
    ])

type SchedulerRecord = Awaited<ReturnType<ReturnType<typeof selectSchedulers>['execute']>>[number]

export const showRow = (r: SchedulerRecord) => ({
  id: r.id,
  name: r.name,
  kind: r.kind,
  title: schedulerKinds.get(r.kind)?.title ?? r.kind,
  address: r.address,
  team: r.team_id ? { id: r.team_id, name: r.team_name ?? '' } : null,
  state: r.state,
  since: r.state === 'paused' ? r.updated_at : r.failing_since,
  problem: r.state === 'paused' ? null : r.problem,
  about: r.about,
  readAt: r.read_at,
  jobs: r.jobs,
  strangers: r.strangers,
  version: r.version,
})

/** A connection with all that its page shows. Throws `not_found`. */
export const showScheduler = async (ctx: Pick<ReadContext, 'db'>, id: string) => {
  const r = await selectSchedulers(ctx.db).where('c.id', '=', id).executeTakeFirst()
  if (!r) throw notFound('The connection')
  return {
    ...showRow(r),
    config: r.config as Config,
    host: r.host,
    intervalSeconds: r.interval_seconds,
    importer: schedulerKinds.get(r.kind)?.importer ?? r.kind,
    lookedAt: r.looked_at,
    nextAt: r.enabled ? r.next_at : null,
    runs: r.runs,
    can: { pause: canScheduler.pause(r), resume: canScheduler.resume(r) },
    createdAt: r.created_at,
    updatedAt: r.updated_at,
  }
}

/** The connection, after its existence and the row scope. */
export const loadScheduler = async (ctx: ReadContext, id: string) => {
  const row = await ctx.db.selectFrom('schedulers').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('The connection')
  await requireCovered(ctx, row.name, row.team_id)
  return row
}

/** The same, taken for this transaction, after the version that the caller read. */
export const lockScheduler = async (ctx: Context, id: string) => {
  await ctx.db.selectFrom('schedulers').select('id').where('id', '=', id).forUpdate().execute()
  const row = await loadScheduler(ctx, id)
  if (ctx.expected !== null && ctx.expected !== row.version)
    throw new AppError('stale', `${row.name} was changed since you read it. Load it again and repeat your change.`)
  return row
}

/** What an event about a connection says of where it belongs. */
export const aboutScheduler = ({ id, team_id }: { id: string; team_id: string | null }) => ({
  subject: ref('scheduler', id),
  team: team_id,
})

export const byWhom = (ctx: Pick<Context, 'actor'>): string => actorRow(ctx.actor).name
