import type { Db } from '../../platform/db/pool.ts'
import { dependentsOf } from './graph.ts'

export type UnitRef = { id: string; name: string; site: string; people: number | null }

/** The business units that use any of these services, each once, the largest first. */
export const unitsOf = (db: Db, serviceIds: readonly string[]): Promise<UnitRef[]> =>
  db
    .selectFrom('business_units as u')
    .select(['u.id', 'u.name', 'u.site', 'u.people'])
    .where('u.id', 'in', (q) =>
      q
        .selectFrom('service_business_units')
        .select('business_unit_id')
        .where('service_id', 'in', [...serviceIds]),
    )
    .orderBy('u.people', (o) => o.desc().nullsLast())
    .orderBy('u.name')
    .execute()

/** The business units that are hurt when this service is: those that use it, or anything that depends on it. */
export const unitsHit = async (db: Db, serviceId: string): Promise<UnitRef[]> => {
  const above = await dependentsOf(db, serviceId)
  return unitsOf(db, [serviceId, ...above.map((s) => s.id)])
}
