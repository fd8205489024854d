import { type RawBuilder, sql } from 'kysely'
import type { ListJobsInput } from '../../../contract/jobs/inputs.ts'
import { type JobStatus, jobStatuses } from '../../../contract/jobs/words.ts'
import type { Instant } from '../../platform/clock.ts'
import { containing } from '../../platform/db/like.ts'
import { DURATION } from './norms.ts'

export type Place = { id: string; sort: string; rank: number }

const awake = sql`j.paused_at is null`
const stands = (as: JobStatus) => sql`${awake} and not s.running and s.standing = ${sql.lit(as)}`
const isDue = (now: Instant) =>
  sql`s.due_at <= ${now} and s.due_about <= date_bin('10 minutes', ${now}::timestamptz at time zone 'UTC', timestamp '2000-01-01')`
const isNotDue = (now: Instant) => sql`(s.due_at is null or s.due_at > ${now})`

/**
 * Whether a reader at `now` sees this status, of `jobs as j` and `job_states as s`: the same as `statusAt` says, in words for
 * which there is an index each, and of which the planner knows how rare they are.
 */
const inStatus: Record<JobStatus, (now: Instant) => RawBuilder<unknown>> = {
  missing: () => stands('missing'),
  failed: () => stands('failed'),
  running_long: () => sql`${awake} and s.standing = 'running_long'`,
  late: (now) => sql`${awake} and not s.running and s.standing in ('new', 'ok') and ${isDue(now)}`,
  unknown: () => stands('unknown'),
  running: () => sql`${awake} and s.running and s.standing <> 'running_long'`,
  ok: (now) => sql`${stands('ok')} and ${isNotDue(now)}`,
  new: (now) => sql`${stands('new')} and ${isNotDue(now)}`,
  paused: () => sql`j.paused_at is not null`,
}

export type JobFilter = Pick<ListJobsInput, 'view' | 'serviceId' | 'teamId' | 'environment' | 'tag' | 'unusual' | 'q'>

const unusualIn = (what: 'any' | 'duration' | 'volume') => {
  const some = { any: sql`true`, duration: sql`m = ${DURATION}`, volume: sql`m <> ${DURATION}` }[what]
  return sql`exists (select 1 from job_norms g, unnest(g.unusual) m where g.job_id = j.id and g.unusual <> '{}' and ${some})`
}

const fits = (f: JobFilter): RawBuilder<unknown> => {
  const words = f.q ? containing(f.q) : null
  return sql.join(
    [
      f.view === 'archived' ? sql`j.archived_at is not null` : sql`j.archived_at is null`,
      ...(f.serviceId ? [sql`j.service_id = ${f.serviceId}`] : []),
      ...(f.teamId ? [sql`j.team_id = ${f.teamId}`] : []),
      ...(f.unusual ? [unusualIn(f.unusual)] : []),
      ...(f.tag ? [sql`j.tags @> array[${f.tag}]`] : []),
      ...(f.environment ? [sql`j.environment = ${f.environment}`] : []),
      ...(words ? [sql`(j.name ilike ${words} or j.slug ilike ${words})`] : []),
    ],
    sql` and `,
  )
}

const from = sql`from jobs j join job_states s on s.job_id = j.id`

/**
 * The first `limit` jobs that fit, of these statuses in their order and each by name, beyond a place: a few rows of each
 * status by its own index, and not all jobs for the first hundred.
 */
export const placesIn = (
  statuses: readonly JobStatus[],
  filter: JobFilter,
  now: Instant,
  { after, limit }: { after: Place | null; limit: number },
): RawBuilder<Place> => {
  const parts = statuses.flatMap((status) => {
    const rank = jobStatuses.indexOf(status) + 1
    if (after && rank < after.rank) return []
    const beyond =
      after && rank === after.rank ? sql`and (lower(j.name), j.id) > (${after.sort}, ${after.id}::uuid)` : sql``
    return [
      sql`(select j.id, lower(j.name) as sort, ${sql.lit(rank)} as rank ${from}
        where ${fits(filter)} and ${inStatus[status](now)} ${beyond} order by lower(j.name), j.id limit ${limit})`,
    ]
  })
  const none = sql`select null::uuid as id, null as sort, null::int as rank where false`
  return sql<Place>`
    select * from (${parts.length > 0 ? sql.join(parts, sql` union all `) : none}) places order by rank, sort, id limit ${limit}`
}

/** How many jobs that fit are in each of these statuses, counted to `most`. */
export const countsIn = (
  statuses: readonly JobStatus[],
  filter: JobFilter,
  now: Instant,
  most: number,
): RawBuilder<{ status: JobStatus; n: number }> => {
  const parts = statuses.map(
    (status) => sql`select ${sql.lit(status)} as status, count(*)::int as n from (
      select 1 ${from} where ${fits(filter)} and ${inStatus[status](now)} limit ${most}) counted`,
  )
  return sql`${sql.join(parts, sql` union all `)}`
}

/** The ids of all jobs that are not archived in one of these statuses. */
export const idsIn = (statuses: readonly JobStatus[], now: Instant): RawBuilder<unknown> =>
  sql.join(
    statuses.map((status) => sql`select j.id ${from} where j.archived_at is null and ${inStatus[status](now)}`),
    sql` union all `,
  )
