import { sql } from 'kysely'
import { mostOnMap, type ServiceMap, serviceMapInput } from '../../../contract/catalog/map.ts'
import type { Db } from '../../platform/db/pool.ts'
import { query } from '../../platform/query.ts'
import { dependentsOf, upstreamOf } from './graph.ts'

/** Which services depend on which, for whoever runs them: hosts and dependencies are internal. */
export const readServiceMap = query('service.map', {
  permission: 'host.read',
  input: serviceMapInput,
  async run({ db }, { around }) {
    const wanted = around ? await idsAround(db, around) : null
    const found = await servicesOf(db, wanted)
    const services = found.slice(0, mostOnMap)
    return { services, edges: await edgesAmong(db, services), more: found.length > services.length }
  },
})

const idsAround = async (db: Db, id: string): Promise<string[]> => [
  id,
  ...(await upstreamOf(db, id)).map((s) => s.id),
  ...(await dependentsOf(db, id)).map((s) => s.id),
]

/** The most critical first, and one more than are drawn; without ids those that depend on one or are depended on. */
const servicesOf = async (db: Db, ids: string[] | null): Promise<ServiceMap['services']> => {
  const which = ids
    ? sql`s.id = any(${ids}::uuid[])`
    : sql`exists (select from dependencies d where d.service_id = s.id and d.depends_on_service_id is not null)
        or exists (select from dependencies d where d.depends_on_service_id = s.id)`
  const { rows } = await sql<ServiceMap['services'][number]>`
    select s.id, s.name, s.kind, s.tier, coalesce(u.units, '[]') as units
    from services s
    left join lateral (
      select jsonb_agg(jsonb_build_object('name', b.name, 'people', b.people) order by lower(b.name)) as units
      from service_business_units x join business_units b on b.id = x.business_unit_id where x.service_id = s.id) u on true
    where s.archived_at is null and (${which})
    order by s.tier, lower(s.name), s.id limit ${mostOnMap + 1}`.execute(db)
  return rows
}

const edgesAmong = async (db: Db, services: readonly { id: string }[]): Promise<ServiceMap['edges']> => {
  const ids = services.map((s) => s.id)
  const { rows } = await sql<ServiceMap['edges'][number]>`
    select service_id as "from", depends_on_service_id as "to" from dependencies
    where service_id = any(${ids}::uuid[]) and depends_on_service_id = any(${ids}::uuid[])
    order by 1, 2`.execute(db)
  return rows
}
