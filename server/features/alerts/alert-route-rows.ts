import { type RawBuilder, sql } from 'kysely'
import type { AlertRoute } from '../../../contract/alerts/alert-route.ts'
import type { Environment } from '../../../contract/base.ts'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { notFound } from '../../platform/errors.ts'
import type { RouteRule } from './alert-route-rules.ts'
import { inTurn } from './alert-rows.ts'
import { requireVersion } from './guard.ts'

/** The rules that are tried, in their order. */
export const enabledRules = async (db: Db): Promise<RouteRule[]> => {
  const rows = await db
    .selectFrom('alert_routes')
    .select(['id', 'name', 'condition', 'service_id as serviceId', 'team_id as teamId', 'environment', 'priority'])
    .select(['policy_id as policyId', 'opens_incident as opensIncident'])
    .where('enabled', '=', true)
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map((r) => ({ ...r, environment: r.environment as Environment | null }))
}

type Row = {
  id: string
  name: string
  condition: string
  service_id: string | null
  service_name: string | null
  team_id: string | null
  team_name: string | null
  environment: Environment | null
  priority: number | null
  policy_id: string | null
  policy_name: string | null
  opens_incident: boolean | null
  enabled: boolean
  created_at: Temporal.Instant
  updated_at: Temporal.Instant
  version: number
}

/** Routes as the API shows them, in their order. */
export const selectRoutes = async (db: Db, where: RawBuilder<unknown> = sql`true`) => {
  const { rows } = await sql<Row>`
    select r.*, s.name as service_name, t.name as team_name, p.name as policy_name
    from alert_routes r left join services s on s.id = r.service_id left join teams t on t.id = r.team_id
      left join escalation_policies p on p.id = r.policy_id
    where ${where} order by r.position, r.id`.execute(db)
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    condition: r.condition,
    service: r.service_id ? { id: r.service_id, name: r.service_name ?? '' } : null,
    team: r.team_id ? { id: r.team_id, name: r.team_name ?? '' } : null,
    environment: r.environment,
    priority: r.priority,
    policy: r.policy_id ? { id: r.policy_id, name: r.policy_name ?? '' } : null,
    opensIncident: r.opens_incident,
    enabled: r.enabled,
    createdAt: r.created_at as unknown as AlertRoute['createdAt'],
    updatedAt: r.updated_at as unknown as AlertRoute['updatedAt'],
    version: r.version,
  }))
}

/** One of them. Throws `not_found`. */
export const showRoute = async (db: Db, id: string) => {
  const [found] = await selectRoutes(db, sql`r.id = ${id}`)
  if (!found) throw notFound('The route')
  return found
}

/** Takes a route for an act; one act at a time, for the order is all of theirs. Throws `not_found` and `stale`. */
export const lockRoute = async (ctx: Context, id: string) => {
  await inTurn(ctx, 'routes')
  const route = await showRoute(ctx.db, id)
  requireVersion(ctx, route.name, route.version)
  return route
}

/** Puts a route before another one, or after all of them. Throws `not_found` when the other one is gone. */
export const placeRoute = async (ctx: Context, id: string, before: string | null): Promise<void> => {
  const all = (await selectRoutes(ctx.db)).map((r) => r.id).filter((other) => other !== id)
  const at = before === null ? all.length : all.indexOf(before)
  if (at < 0) throw notFound('The route that it is to come before')
  const order = all.toSpliced(at, 0, id)
  await sql`
    update alert_routes r set position = o.position
    from unnest(${order}::uuid[]) with ordinality as o(id, position)
    where r.id = o.id and r.position <> o.position`.execute(ctx.db)
}
