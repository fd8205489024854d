import type { Selectable } from 'kysely'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { Overrides, Schedules } from '../../platform/db/schema.gen.ts'
import type { Override, Rotation, Schedule } from './schedule-rules.ts'

export type ScheduleRow = Selectable<Schedules>

type StoredRotation = Omit<Rotation, 'versions' | 'effectiveUntil'> & {
  effectiveUntil: string | null
  versions: (Omit<Rotation['versions'][number], 'effectiveFrom'> & { effectiveFrom: string })[]
}

/** Layers out of their JSON, where instants are text. */
export const layersOf = (row: Pick<ScheduleRow, 'layers'>): Rotation[] =>
  (row.layers as StoredRotation[]).map((r) => ({
    ...r,
    effectiveUntil: r.effectiveUntil ? Temporal.Instant.from(r.effectiveUntil) : null,
    versions: r.versions.map((v) => ({ ...v, effectiveFrom: Temporal.Instant.from(v.effectiveFrom) })),
  }))

const asOverride = (o: Selectable<Overrides>): Override => ({
  id: o.id,
  from: o.starts_at,
  to: o.ends_at,
  add: o.add_user_id,
  remove: o.remove_user_id,
})

/** Schedules as the pure rules want them, with the overrides that end after `since`. Two queries, however many. */
export const loadSchedules = async (
  db: Db,
  ids: readonly string[] | 'all',
  since: Instant,
): Promise<{ row: ScheduleRow; schedule: Schedule }[]> => {
  let wanted = db.selectFrom('schedules').selectAll().where('archived_at', 'is', null).orderBy('name')
  if (ids !== 'all') {
    if (ids.length === 0) return []
    wanted = wanted.where('id', 'in', [...ids])
  }
  const rows = await wanted.limit(500).execute()
  if (rows.length === 0) return []
  const overrides = await db
    .selectFrom('overrides')
    .selectAll()
    .where(
      'schedule_id',
      'in',
      rows.map((r) => r.id),
    )
    .where('ends_at', '>', since)
    .orderBy('created_at')
    .execute()
  return rows.map((row) => ({
    row,
    schedule: {
      zone: row.zone,
      layers: layersOf(row),
      overrides: overrides.filter((o) => o.schedule_id === row.id).map(asOverride),
    },
  }))
}

/** Names of teams by id. */
export const teamNames = async (db: Db, ids: readonly string[]): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('teams')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((r) => [r.id, r.name]))
}

export type OverrideRow = Selectable<Overrides>

/** The overrides of schedules that touch a time, by when they begin. */
export const overridesBetween = (db: Db, ids: readonly string[], from: Instant, to: Instant): Promise<OverrideRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('overrides')
        .selectAll()
        .where('schedule_id', 'in', [...ids])
        .where('ends_at', '>', from)
        .where('starts_at', '<', to)
        .orderBy('starts_at')
        .orderBy('id')
        .execute()

/** A person as calendars name them, with their own zone. */
export type Face = { id: string; name: string; zone: string; active: boolean }

/** People by id, with their own zone and whether their account is enabled. */
export const facesOf = async (db: Db, ids: readonly string[]): Promise<Map<string, Face>> => {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('users')
    .select(['id', 'name', 'zone', 'disabled_at'])
    .where('id', 'in', [...new Set(ids)])
    .orderBy('name')
    .execute()
  return new Map(rows.map(({ disabled_at, ...r }) => [r.id, { ...r, active: disabled_at === null }]))
}
