import { type RawBuilder, sql } from 'kysely'
import type { ListJobsInput } from '../../../contract/jobs/inputs.ts'
import { type JobStatus, jobStatuses } from '../../../contract/jobs/words.ts'
import type { Instant } from '../../platform/clock.ts'
import { containing } from '../../platform/db/like.ts'
import { hostName } from '../catalog/index.ts'
import { DURATION } from './norms.ts'

export type Place = { id: string; sort: string; rank: number }

const stands = (as: JobStatus) => sql`not s.running and s.standing = ${sql.lit(as)}`
const isDue = (now: Instant) =>
  sql`s.due_at <= ${now} and s.due_about <= date_bin('10 minutes', ${now}::timestamptz, timestamptz '2000-01-01 00:00Z')`
const isNotDue = (now: Instant) => sql`(s.due_at is null or s.due_at > ${now})`

/**
 * What `job_states as s` says of a job that is not paused where a reader at `now` sees this status: the same as `statusAt`,
 * in words for which there is an index each, and of which the planner knows how rare they are.
 */
const inStatus: Record<Exclude<JobStatus, 'paused'>, (now: Instant) => RawBuilder<unknown>> = {
  missing: () => stands('missing'),
  failed: () => stands('failed'),
  running_long: () => sql`s.standing = 'running_long'`,
  late: (now) => sql`not s.running and s.standing in ('new', 'ok') and ${isDue(now)}`,
  unknown: () => stands('unknown'),
  running: () => sql`s.running and s.standing <> 'running_long'`,
  ok: (now) => sql`${stands('ok')} and ${isNotDue(now)}`,
  new: (now) => sql`${stands('new')} and ${isNotDue(now)}`,
}

export type JobFilter = Pick<
  ListJobsInput,
  'view' | 'serviceId' | 'teamId' | 'environment' | 'tag' | 'host' | 'unusual' | 'q'
>

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
      ...(f.host
        ? [sql`exists (select from job_states h where h.job_id = j.id and h.ran_on = ${hostName(f.host)})`]
        : []),
      ...(f.tag ? [sql`j.tags @> array[${f.tag}]`] : []),
      ...(f.environment ? [sql`j.environment = ${f.environment}`] : []),
      ...(words ? [sql`(j.name ilike ${words} or j.slug ilike ${words})`] : []),
    ],
    sql` and `,
  )
}

/**
 * Jobs of one status among those of `jobs`. Most are ok, and are met on any way through all; the others are few, and are
 * looked for first (`offset 0` keeps the planner from going through all names in the hope of meeting them soon).
 */
const inOne = (status: JobStatus, jobs: RawBuilder<unknown>, now: Instant): RawBuilder<unknown> => {
  if (status === 'paused') return sql`${jobs} j join job_states s on s.job_id = j.id where j.paused_at is not null`
  const condition = inStatus[status](now)
  if (status === 'ok')
    return sql`${jobs} j join job_states s on s.job_id = j.id where j.paused_at is null and ${condition}`
  return sql`(select s.job_id, coalesce(s.missed_at, s.due_at) as due from job_states s where ${condition} offset 0) s
    join ${jobs} j on j.id = s.job_id where j.paused_at is null`
}

/**
 * Jobs in the order of their names, by what is `sort` of them: of a tag or a host by those that have it; of some words
 * by sorting those, or the states of all jobs would be read (`offset 0`).
 */
const named = (f: Pick<JobFilter, 'tag' | 'host' | 'q'>): { jobs: RawBuilder<unknown>; sort: RawBuilder<string> } => {
  const sort = sql<string>`j.sort`
  if (f.q) return { jobs: sql`(select * from fitting order by sort, id offset 0)`, sort }
  if (f.host)
    return {
      jobs: sql`(select j.*, lower(j.name) as sort from job_states h join jobs j on j.id = h.job_id
        where h.ran_on = ${hostName(f.host)} offset 0)`,
      sort,
    }
  if (f.tag)
    return {
      jobs: sql`(select j.*, t.sort from job_tags t join jobs j on j.id = t.job_id where t.tag = ${f.tag})`,
      sort,
    }
  return { jobs: all, sort: sql<string>`lower(j.name)` }
}

const all = sql`jobs`

/** One at a time: to look into all names for words, in the hope of the few, takes longer than to look these few up. */
const eachOfThese = sql`lateral (select * from jobs where id = s.job_id offset 0)`

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
  // By words: what fits is found once, by their index. Otherwise the order of names, or another index, leads to it; and
  // the few of one status are looked through.
  const isCollected = filter.q !== undefined && (statuses.length > 1 || statuses[0] === 'ok')
  const isLookedThrough = filter.q !== undefined && !isCollected && statuses[0] !== 'paused'
  const where = isCollected ? sql`true` : fits(filter)
  const parts = statuses.flatMap((status) => {
    const rank = jobStatuses.indexOf(status) + 1
    if (after && rank < after.rank) return []
    const few = isCollected
      ? { jobs: sql`fitting`, sort: sql<string>`j.sort` }
      : { jobs: isLookedThrough ? eachOfThese : all, sort: sql<string>`lower(j.name)` }
    const { jobs, sort } = status === 'ok' ? named(filter) : few
    const beyond = after && rank === after.rank ? sql`and (${sort}, j.id) > (${after.sort}, ${after.id}::uuid)` : sql``
    return [
      sql`(select j.id, ${sort} as sort, ${sql.lit(rank)} as rank from ${inOne(status, jobs, now)} and ${where} ${beyond}
        order by ${sort}, j.id limit ${limit})`,
    ]
  })
  const none = sql`select null::uuid as id, null as sort, null::int as rank where false`
  const found = isCollected
    ? sql`with fitting as materialized (
        select j.id, lower(j.name) as sort, j.paused_at from jobs j where ${fits(filter)})`
    : sql``
  return sql<Place>`${found} select * from (${parts.length > 0 ? sql.join(parts, sql` union all `) : none}) places
    order by rank, sort, id limit ${limit}`
}

/** The first `limit` jobs that fit, of any of these statuses, by name beyond a place. */
export const namesIn = (
  statuses: readonly JobStatus[],
  filter: JobFilter,
  now: Instant,
  { after, limit }: { after: { sort: string; id: string } | null; limit: number },
): RawBuilder<{ id: string; sort: string }> => {
  const one = (status: JobStatus) =>
    status === 'paused' ? sql`j.paused_at is not null` : sql`j.paused_at is null and ${inStatus[status](now)}`
  const among =
    statuses.length === jobStatuses.length
      ? sql`true`
      : sql.join([sql`false`, ...statuses.map((status) => sql`(${one(status)})`)], sql` or `)
  const { jobs, sort } = named({ tag: filter.tag })
  const beyond = after ? sql`and (${sort}, j.id) > (${after.sort}, ${after.id}::uuid)` : sql``
  return sql`select j.id, ${sort} as sort from ${jobs} j join job_states s on s.job_id = j.id
    where ${fits(filter)} and (${among}) ${beyond} order by ${sort}, j.id limit ${limit}`
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
      select 1 from ${inOne(status, all, now)} and ${fits(filter)} limit ${most}) counted`,
  )
  return sql`${sql.join(parts, sql` union all `)}`
}

export type AtRisk = Exclude<JobStatus, 'ok' | 'paused'>

/**
 * All jobs that are not archived in one of these statuses, with what orders them by how much they matter: looked up once
 * each, for after a bad night there are thousands.
 */
export const weighedIn = (statuses: readonly AtRisk[], now: Instant): RawBuilder<unknown> =>
  sql.join(
    statuses.map(
      (status) => sql`select j.id, j.environment, j.service_id, s.due
        from ${inOne(status, all, now)} and j.archived_at is null`,
    ),
    sql` union all `,
  )
