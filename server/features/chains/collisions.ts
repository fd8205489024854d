import { sql } from 'kysely'
import type { Recurrence } from '../../../contract/alerts/silence.ts'
import type { Finding } from '../../../contract/chains/night.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import { lastingBetween } from '../alerts/index.ts'
import { wallWords } from '../jobs/index.ts'
import type { NightInput } from './night-input.ts'

type Window = {
  name: string
  reason: string
  services: string[]
  hosts: string[]
  environments: string[]
  starts_at: Instant
  ends_at: Instant | null
  recurrence: unknown
}
type Change = { number: string; title: string; service: string; at: Instant }
type Job = NightInput['jobs'][number]
/** When jobs are expected to begin and to end, in epoch milliseconds, by their place; what nobody can say is no number. */
type Times = { begin: ArrayLike<number>; end: ArrayLike<number> }

const MOST_WINDOWS = 200
const SHOWN = 20
const NAMED = 5

/**
 * Planned work on services or hosts of a chain between its first gate and its deadline: maintenance, also what recurs, with the
 * jobs that are expected to run while it lasts; and changes that are scheduled for a time in it.
 */
export const collisionsOf = async (db: Db, night: NightInput, times: Times, due: number): Promise<Finding[]> => [
  ...(await maintenanceIn(db, night, times, due)),
  ...(await changesIn(db, night, due)),
]

const servicesOf = (jobs: readonly Job[]) => [...new Set(jobs.flatMap((job) => job.serviceId ?? []))]

const maintenanceIn = async (
  db: Db,
  { jobs, from, dating }: NightInput,
  times: Times,
  due: number,
): Promise<Finding[]> => {
  const hosts = [...new Set(jobs.flatMap((job) => job.host?.toLowerCase() ?? []))]
  const environments = [...new Set(jobs.map((job) => job.environment))]
  const { rows } = await sql<Window>`
    select name, reason, service_ids as services, hosts, environments, starts_at, ends_at, recurrence from maintenance_windows
    where ended_at is null and starts_at < to_timestamp(${due}::float8 / 1000)
      and (recurrence is not null or ends_at > to_timestamp(${from}::float8 / 1000))
      and (environments = '{}' or environments && ${environments}::text[])
      and ((service_ids = '{}' and hosts = '{}') or service_ids && ${servicesOf(jobs)}::uuid[]
        or exists (select 1 from unnest(hosts) h where lower(h) = any(${hosts}::text[])))
    order by starts_at limit ${MOST_WINDOWS}`.execute(db)
  const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(Math.round(ms))
  return rows
    .flatMap((window) => {
      const { starts_at: startsAt, ends_at: endsAt } = window
      const recurrence = window.recurrence as Recurrence | null
      const covered = jobs.flatMap((job, i) => (covers(window, job) ? [{ job, i }] : []))
      return lastingBetween({ startsAt, endsAt, recurrence }, instant(from), instant(due)).flatMap((lasts) => {
        const [begins, ends] = [lasts.from.epochMilliseconds, lasts.to.epochMilliseconds]
        const hit = covered.filter(({ job, i }) => {
          const [begin, end] = [times.begin[i] ?? Number.NaN, times.end[i] ?? Number.NaN]
          return !job.waits.isBox && Number.isFinite(begin) && begin < ends && (!Number.isFinite(end) || end > begins)
        })
        const when = `${wallWords(begins, dating.zone, begins)} to ${wallWords(ends, dating.zone, begins)}`
        return covered.length === 0
          ? []
          : [
              {
                begins,
                finding: tell(
                  window,
                  when,
                  hit.map(({ job }) => job),
                ),
              },
            ]
      })
    })
    .toSorted((a, b) => b.finding.jobs.length - a.finding.jobs.length || a.begins - b.begins)
    .slice(0, SHOWN)
    .map(({ finding }) => finding)
}

const covers = (window: Window, job: Job): boolean => {
  if (window.environments.length > 0 && !window.environments.includes(job.environment)) return false
  if (window.services.length === 0 && window.hosts.length === 0) return window.environments.length > 0
  const host = job.host?.toLowerCase()
  return (
    (job.serviceId !== null && window.services.includes(job.serviceId)) ||
    (host !== undefined && window.hosts.some((h) => h.toLowerCase() === host))
  )
}

const tell = (window: Window, when: string, hit: readonly Job[]): Finding => {
  const names = hit.slice(0, NAMED).map((job) => job.name)
  const list = hit.length > NAMED ? `${names.join(', ')} and ${hit.length - NAMED} more` : names.join(', ')
  const whom =
    hit.length === 0
      ? 'is in this night, when none of its jobs is expected to run'
      : `is while ${list} ${hit.length === 1 ? 'is' : 'are'} expected to run`
  return {
    kind: 'collides',
    jobs: hit.slice(0, 50).map(({ id, name }) => ({ id, name })),
    message: `The maintenance ${window.name}, ${when}, ${whom}: ${window.reason}`,
  }
}

/** A change has no other time than that until which it waits for its hour. */
const changesIn = async (db: Db, { jobs, from, dating }: NightInput, due: number): Promise<Finding[]> => {
  const { rows } = await sql<Change & { serviceId: string }>`
    select t.number, t.title, v.name as service, t.service_id as "serviceId", t.pending_until as at
    from tickets t join services v on v.id = t.service_id
    where t.open and t.kind = 'change' and t.service_id = any(${servicesOf(jobs)}::uuid[])
      and t.pending_until >= to_timestamp(${from}::float8 / 1000) and t.pending_until < to_timestamp(${due}::float8 / 1000)
    order by t.pending_until limit ${SHOWN}`.execute(db)
  return rows.map((change) => ({
    kind: 'collides',
    jobs: jobs
      .filter((job) => job.serviceId === change.serviceId)
      .slice(0, 50)
      .map(({ id, name }) => ({ id, name })),
    message: `The change ${change.number} on ${change.service} waits for ${wallWords(change.at.epochMilliseconds, dating.zone, change.at.epochMilliseconds)} of this night: ${change.title}`,
  }))
}
