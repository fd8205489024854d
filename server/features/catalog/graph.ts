import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { prepared } from '../../platform/db/prepared.ts'

/** Beyond this many services, impact is cut: nobody reads further, and a page must not wait for it. */
const MANY = 1_000

/**
 * Until the transaction ends, no other adds a dependency or archives a service: two that each look harmless could
 * close a circle together. Taken before any row is locked, so that two such acts cannot wait for each other.
 */
export const holdGraph = async (ctx: Context): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('catalog.dependencies'))`.execute(ctx.db)
}

export const serviceEdges = async (db: Db): Promise<{ from: string; to: string }[]> => {
  const { rows } = await sql<{ from: string; to: string }>`
    select service_id as "from", depends_on_service_id as "to" from dependencies where depends_on_service_id is not null`.execute(
    db,
  )
  return rows
}

export type ServiceRef = { id: string; name: string; kind: 'business' | 'technical'; tier: number }

/**
 * Every service that depends on this one, directly or through others, the most critical first; archived ones neither
 * count nor lead on. At most 1,000.
 */
export const dependentsOf = async (db: Db, serviceId: string): Promise<ServiceRef[]> => {
  const { rows } = await sql<ServiceRef>`${prepared}
    with recursive above(id) as (
      select d.service_id from dependencies d join services s on s.id = d.service_id and s.archived_at is null
      where d.depends_on_service_id = ${serviceId}
      union
      select d.service_id from dependencies d join above on above.id = d.depends_on_service_id
      join services s on s.id = d.service_id and s.archived_at is null)
    select s.id, s.name, s.kind, s.tier from (select id from above limit ${MANY}) a join services s on s.id = a.id
    order by s.tier, lower(s.name), s.id`.execute(db)
  return rows
}

/**
 * Every service that this one depends on, directly or through others, the nearest first; archived ones neither count
 * nor lead on. At most 1,000.
 */
export const upstreamOf = async (db: Db, serviceId: string): Promise<ServiceRef[]> => {
  const { rows } = await sql<ServiceRef>`
    with recursive below(id, depth) as (
      select d.depends_on_service_id, 1 from dependencies d
      join services s on s.id = d.depends_on_service_id and s.archived_at is null
      where d.service_id = ${serviceId}
      union
      select d.depends_on_service_id, b.depth + 1 from dependencies d join below b on b.id = d.service_id
      join services s on s.id = d.depends_on_service_id and s.archived_at is null where b.depth < 5)
    select s.id, s.name, s.kind, s.tier from (select id, min(depth) as depth from below group by id limit ${MANY}) b
    join services s on s.id = b.id order by b.depth, s.tier, lower(s.name), s.id`.execute(db)
  return rows
}
