import { sql } from 'kysely'
import type { Instant } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/pool.ts'
import { isForAll } from './known.ts'

export type PastDisturbance = {
  number: string
  priority: number
  since: Instant
  overAt: Instant | null
  serviceId: string
  serviceName: string
}

type Which = { from: Instant; to: Instant; services: readonly string[] | null; limit: number }

/**
 * What was known trouble at some time between two instants, the newest first: of some services, or of all (null). As of
 * those that go on, no word of its ticket. One that lasted for more than `LONGEST_DAYS` before is not found.
 */
export const disturbancesBetween = async (db: Db, { from, to, services, limit }: Which): Promise<PastDisturbance[]> =>
  db
    .selectFrom('tickets')
    .innerJoin('services', 'services.id', 'tickets.service_id')
    .select([
      'tickets.number',
      'tickets.priority',
      'tickets.opened_at as since',
      'tickets.resolved_at as overAt',
      'services.id as serviceId',
      'services.name as serviceName',
    ])
    .where(isForAll)
    // Written out, so that the planner sees the condition of the partial index.
    .where(sql<boolean>`tickets.kind = 'incident' and tickets.environment = 'prod' and tickets.priority <= 2`)
    .where('tickets.state', '!=', 'cancelled')
    .where('tickets.merged_into_id', 'is', null)
    .where('tickets.opened_at', '<', to)
    .where('tickets.opened_at', '>=', from.subtract({ hours: 24 * LONGEST_DAYS }))
    .where((eb) => eb.or([eb('tickets.resolved_at', 'is', null), eb('tickets.resolved_at', '>', from)]))
    .$if(services !== null, (q) => q.where(sql<boolean>`tickets.service_id = any(${[...(services ?? [])]}::uuid[])`))
    .orderBy('tickets.opened_at', 'desc')
    .orderBy('tickets.id', 'desc')
    .limit(limit)
    .execute()

const LONGEST_DAYS = 31
