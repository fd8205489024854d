import { sql } from 'kysely'
import type { Finding } from '../../../contract/chains/night.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { NightInput } from './night-input.ts'

type Window = { name: string; reason: string; services: string[]; hosts: string[] }

/** Maintenance on services or hosts of a chain while it runs, until its deadline. Those that recur are not looked at. */
export const collisionsOf = async (db: Db, { jobs, from }: NightInput, due: number): Promise<Finding[]> => {
  const services = [...new Set(jobs.flatMap((job) => job.serviceId ?? []))]
  const hosts = [...new Set(jobs.flatMap((job) => job.host ?? []))]
  const { rows } = await sql<Window>`
    select name, reason, service_ids as services, hosts from maintenance_windows
    where ended_at is null and recurrence is null and starts_at < to_timestamp(${due}::float8 / 1000)
      and ends_at > to_timestamp(${from}::float8 / 1000)
      and (service_ids && ${services}::uuid[] or hosts && ${hosts}::text[])
    order by starts_at limit 20`.execute(db)
  return rows.map((window) => ({
    kind: 'collides',
    jobs: jobs
      .filter(
        (job) =>
          (job.serviceId !== null && window.services.includes(job.serviceId)) ||
          (job.host !== null && window.hosts.includes(job.host)),
      )
      .slice(0, 50)
      .map(({ id, name }) => ({ id, name })),
    message: `The maintenance ${window.name} is in this night: ${window.reason}`,
  }))
}
