import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { sameText } from '../../../platform/crypto.ts'
import type { Db } from '../../../platform/db/pool.ts'
import type { Platform } from '../../../platform/platform.ts'
import { flipJob } from '../flip.ts'

type Row = { pings: number | null; notification: number | null; flips: number }

/**
 * Rows here have no numbers that count up, and what upstream asks their tables for would read all of ours. Both grow as
 * theirs do: so many pings the jobs had, and the millisecond in which the newest message was written.
 */
const read = async (db: Db): Promise<Row> => {
  const { rows } = await sql<Row>`
    select (select nullif(sum(pings), 0)::float8 from job_states) as pings,
      (select floor(extract(epoch from created_at) * 1000)::float8 from deliveries order by created_at desc, id desc limit 1)
        as notification,
      (select count(*)::int4 from due where verb = ${flipJob.name}) as flips`.execute(db)
  return rows[0] as Row
}

/** How the installation does, for what watched a healthchecks of its own: the key is a setting, as there. */
export const mountOwnMetrics = (http: FastifyInstance, { config, clock, db }: Platform): void => {
  const { METRICS_KEY } = config
  for (const version of [1, 2, 3])
    http.get(`/api/v${version}/metrics/`, async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const key = request.headers['x-metrics-key']
      if (!METRICS_KEY || typeof key !== 'string' || !sameText(key, METRICS_KEY)) return reply.code(403).send('')
      const { pings, notification, flips } = await read(db)
      return {
        ts: Math.floor(clock.ms() / 1000),
        max_ping_id: pings,
        max_notification_id: notification,
        num_unprocessed_flips: flips,
      }
    })
}
