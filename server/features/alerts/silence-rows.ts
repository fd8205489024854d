import { type RawBuilder, sql } from 'kysely'
import { canSilence } from '../../../contract/alerts/can.ts'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { notFound } from '../../platform/errors.ts'
import { requireCovered, requireVersion } from './guard.ts'
import { storedMatchers } from './holds.ts'

type Instant = Temporal.Instant
type Row = {
  id: string
  matchers: unknown
  reason: string
  team_id: string | null
  team_name: string | null
  created_by: { kind: string; id: string | null; name: string }
  created_at: Instant
  starts_at: Instant
  ends_at: Instant
  ended_at: Instant | null
  holding: number
  version: number
}

/** Open alerts held by `id`, up to 1,001. */
export const holdingCount = (id: RawBuilder<unknown>) => sql<number>`(select count(*) from (
  select 1 from alerts h where h.held is not null and h.held->>'id' = ${id}::text and h.status in ('firing', 'blind')
  limit 1001) x)`

/** Silences `s`; `rest` are conditions, order and limit. */
export const selectSilences = async (db: Db, rest: RawBuilder<unknown>) => {
  const { rows } = await sql<Row>`
    select s.id, s.matchers, s.reason, s.team_id, t.name as team_name, s.created_by, s.created_at, s.starts_at,
      s.ends_at, s.ended_at, ${holdingCount(sql`s.id`)} as holding, s.version
    from silences s left join teams t on t.id = s.team_id ${rest}`.execute(db)
  return rows.map((r) => {
    const ended = r.ended_at !== null
    return {
      id: r.id,
      matchers: storedMatchers(r.matchers) ?? [],
      reason: r.reason,
      team: r.team_id ? { id: r.team_id, name: r.team_name ?? '' } : null,
      createdBy: r.created_by,
      createdAt: r.created_at,
      startsAt: r.starts_at,
      endsAt: r.ends_at,
      endedAt: r.ended_at,
      holding: r.holding,
      can: { change: canSilence.change({ ended }), end: canSilence.end({ ended }) },
      version: r.version,
    }
  })
}

/** A silence as the API shows it. Throws `not_found`. */
export const showSilence = async (db: Db, id: string) => {
  const [found] = await selectSilences(db, sql`where s.id = ${id}`)
  if (!found) throw notFound('The silence')
  return found
}

/** Takes a silence for an act: existence, row scope and version are checked. */
export const lockSilence = async (ctx: Context, id: string) => {
  const row = await ctx.db.selectFrom('silences').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('The silence')
  requireCovered(ctx, 'This silence', row.team_id)
  requireVersion(ctx, 'This silence', row.version)
  return row
}
