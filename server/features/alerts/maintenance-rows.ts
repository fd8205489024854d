import { type RawBuilder, type Selectable, sql } from 'kysely'
import { canMaintenance } from '../../../contract/alerts/can.ts'
import type { Recurrence } from '../../../contract/alerts/silence.ts'
import type { Environment } from '../../../contract/base.ts'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { MaintenanceWindows } from '../../platform/db/schema.gen.ts'
import { notFound } from '../../platform/errors.ts'
import { requireCovered, requireVersion } from './guard.ts'
import { windowTimes } from './holds.ts'
import { holdingCount } from './silence-rows.ts'
import { lasting, lastsNow } from './window-times.ts'

export type Window = Selectable<MaintenanceWindows>
type Row = Window & { team_name: string | null; services: { id: string; name: string }[]; holding: number }

/** Maintenance windows `m`; `rest` are conditions, order and limit. */
export const selectWindows = async (db: Db, now: Temporal.Instant, rest: RawBuilder<unknown>) => {
  const { rows } = await sql<Row>`
    select m.*, t.name as team_name, ${holdingCount(sql`m.id`)} as holding,
      coalesce((select jsonb_agg(jsonb_build_object('id', v.id, 'name', v.name) order by lower(v.name))
        from services v where v.id = any(m.service_ids)), '[]') as services
    from maintenance_windows m left join teams t on t.id = m.team_id ${rest}`.execute(db)
  return rows.map((r) => view(r, now))
}

const view = (r: Row, now: Temporal.Instant) => {
  const state = { name: r.name, ended: r.ended_at !== null }
  const times = windowTimes(r)
  return {
    id: r.id,
    name: r.name,
    services: r.services,
    hosts: r.hosts,
    environments: r.environments as Environment[],
    reason: r.reason,
    team: r.team_id ? { id: r.team_id, name: r.team_name ?? '' } : null,
    createdBy: r.created_by as { kind: string; id: string | null; name: string },
    createdAt: r.created_at,
    startsAt: r.starts_at,
    endsAt: r.ends_at,
    recurrence: r.recurrence as Recurrence | null,
    endedAt: r.ended_at,
    now: !state.ended && lastsNow(times, now) !== null,
    next: state.ended ? null : lasting(times, now),
    holding: r.holding,
    can: { change: canMaintenance.change(state), end: canMaintenance.end(state) },
    version: r.version,
  }
}

/** A window as the API shows it. Throws `not_found`. */
export const showWindow = async (db: Db, id: string, now: Temporal.Instant) => {
  const [found] = await selectWindows(db, now, sql`where m.id = ${id}`)
  if (!found) throw notFound('The maintenance window')
  return found
}

/** Takes a window for an act: existence, row scope and version are checked. */
export const lockWindow = async (ctx: Context, id: string): Promise<Window> => {
  const row = await ctx.db
    .selectFrom('maintenance_windows')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('The maintenance window')
  requireCovered(ctx, row.name, row.team_id)
  requireVersion(ctx, row.name, row.version)
  return row
}
