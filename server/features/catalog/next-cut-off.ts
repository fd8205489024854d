import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import { nextCutOffAt } from './cut-off-time.ts'
import { dependentsOf } from './graph.ts'

/**
 * `service` is the name of the service whose cut-off it is: the one asked about, or one that depends on it. `zone` is
 * the one in whose time it is set.
 */
export type NextCutOff = { name: string; at: Instant; zone: string; service: string; serviceId: string }

/** The earliest cut-off, at or after `now`, of this service and of all that depend on it; null when there is none. */
export const nextCutOff = async (db: Db, serviceId: string, now: Instant): Promise<NextCutOff | null> => {
  const above = await dependentsOf(db, serviceId)
  const rows = await db
    .selectFrom('cut_offs as c')
    .innerJoin('services as s', 's.id', 'c.service_id')
    .select(['c.name', 'c.at_time', 'c.zone', 'c.days', 's.id as service_id', 's.name as service_name'])
    .where('c.service_id', 'in', [serviceId, ...above.map((s) => s.id)])
    .orderBy('c.name')
    .execute()
  let first: NextCutOff | null = null
  for (const row of rows) {
    const at = nextCutOffAt({ atTime: row.at_time, zone: row.zone, days: row.days }, now)
    if (at && (!first || Temporal.Instant.compare(at, first.at) < 0)) {
      first = { name: row.name, at, zone: row.zone, service: row.service_name, serviceId: row.service_id }
    }
  }
  return first
}
