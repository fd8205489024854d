import { sql } from 'kysely'
import type { NightState } from '../../../contract/chains/words.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'

export type PastNight = {
  id: string
  name: string
  serviceId: string | null
  serviceName: string | null
  date: string
  state: NightState
  dueAt: Instant
  doneAt: Instant | null
}

type Which = { from: Instant; to: Instant; services: readonly string[] | null; limit: number }

/**
 * Nights of deadlines that were due between two instants, the newest first: of those that hurt some services, or of all
 * (null). What Watchfloor did not see is there as unknown, and is no miss.
 */
export const nightsBetween = async (db: Db, { from, to, services, limit }: Which): Promise<PastNight[]> => {
  const { rows } = await sql<PastNight>`
    select d.id, d.name, s.id as "serviceId", s.name as "serviceName", n.business_date::text as date, n.state,
      n.due_at as "dueAt", n.done_at as "doneAt"
    from chain_deadlines d left join services s on s.id = d.service_id join chain_nights n on n.deadline_id = d.id
    where n.due_at >= ${from} and n.due_at < ${to} and n.business_date >= (${from}::timestamptz - interval '16 days')::date
      ${services ? sql`and d.service_id = any(${[...services]}::uuid[])` : sql``}
    order by n.due_at desc, d.id limit ${limit}`.execute(db)
  return rows
}
