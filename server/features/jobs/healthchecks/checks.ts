import { type RawBuilder, sql } from 'kysely'
import type { PingFilters } from '../../../../contract/jobs/filters.ts'
import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import type { JobRules } from '../../../../contract/jobs/words.ts'
import type { Db } from '../../../platform/db/pool.ts'
import { downBy, freshState, type JobState } from '../job-state.ts'
import { scheduleWords } from '../job-words.ts'
import { uniqueKey } from './unique-key.ts'

/** A job as healthchecks shows a check. Times are epoch milliseconds. */
export type CheckRow = Pick<JobState, 'outcome' | 'lastAt' | 'lastMs' | 'open' | 'dueAt' | 'missedAt' | 'pings'> & {
  id: string
  teamId: string | null
  name: string
  slug: string
  description: string
  tags: string[]
  schedule: JobSchedule
  graceSeconds: number
  rules: JobRules
  filters: PingFilters
  resumesByHand: boolean
  paused: boolean
  badge: string
}

export type Version = 1 | 2 | 3
export type Status = 'new' | 'up' | 'grace' | 'down' | 'paused'

const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::int8`

const select = (where: RawBuilder<unknown>) => sql<CheckRow>`
  select j.id, j.team_id as "teamId", j.name, j.slug, j.description, j.tags, j.schedule,
    j.grace_seconds as "graceSeconds", j.rules, j.filters, j.resumes_by_hand as "resumesByHand", j.paused_at is not null as paused,
    j.badge, s.outcome, ${ms('s.last_at')} as "lastAt", s.last_ms as "lastMs", s.open, ${ms('s.due_at')} as "dueAt",
    ${ms('s.missed_at')} as "missedAt", s.pings
  from jobs j join job_states s on s.job_id = j.id where j.archived_at is null and ${where}`

const ofTeam = (teamId: string | null) => (teamId ? sql`j.team_id = ${teamId}` : sql`true`)

/** So many at a time: the API of healthchecks has no pages, and a team may have very many. */
const PAGE = 1_000

async function* paged<R extends { id: string }>(read: (after: RawBuilder<unknown>) => RawBuilder<R>, db: Db) {
  for (let last: string | undefined, size = PAGE; size === PAGE; ) {
    const after = last === undefined ? sql`true` : sql`j.id > ${last}`
    const { rows } = await read(sql`${after} order by j.id limit ${PAGE}`).execute(db)
    if (rows.length > 0) yield rows
    last = rows.at(-1)?.id
    size = rows.length
  }
}

type Wanted = { name?: string | undefined; slug?: string | undefined; tags?: readonly string[] | undefined }

/** Those of a team, or of all (null), that have this name, slug and all of these tags; by their ids, a page at a time. */
export const checksOf = (db: Db, teamId: string | null, { name, slug, tags = [] }: Wanted = {}) => {
  const named = name === undefined ? sql`true` : sql`j.name = ${name}`
  const called = slug === undefined ? sql`true` : sql`j.slug = ${slug}`
  const tagged = tags.length === 0 ? sql`true` : sql`j.tags @> ${[...tags]}::text[]`
  return paged((after) => select(sql`${ofTeam(teamId)} and ${named} and ${called} and ${tagged} and ${after}`), db)
}

/** By what a reader without the right to write knows it by. */
export const checkOfKey = async (db: Db, teamId: string | null, key: string): Promise<CheckRow | null> =>
  (await select(sql`j.unique_key = ${key} and ${ofTeam(teamId)}`).execute(db)).rows[0] ?? null

/** All tags that checks of a team have, in their order. */
export const tagsOf = async (db: Db, teamId: string): Promise<string[]> => {
  const { rows } = await sql<{ tag: string }>`
    select distinct tag collate "C" as tag from jobs j, unnest(j.tags) tag
    where j.archived_at is null and ${ofTeam(teamId)} order by 1`.execute(db)
  return rows.map(({ tag }) => tag)
}

/** How many checks a team has with a tag, or in all (null), and those of them that are not plainly up at `now`. */
export const standingOf = async (
  db: Db,
  teamId: string,
  tag: string | null,
  now: number,
): Promise<{ total: number; doubtful: CheckRow[] }> => {
  const tagged = tag === null ? sql`true` : sql`j.tags @> array[${tag}]`
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from jobs j where j.archived_at is null and ${ofTeam(teamId)} and ${tagged}`.execute(db)
  const doubtful = await select(sql`${ofTeam(teamId)} and ${tagged} and (s.standing <> 'ok' or s.open <> '[]'
    or s.due_at <= to_timestamp(${now}::float8 / 1000) or j.paused_at is not null)`).execute(db)
  return { total: rows[0]?.n ?? 0, doubtful: doubtful.rows }
}

export const checkOfId = async (db: Db, id: string): Promise<CheckRow | null> =>
  (await select(sql`j.id = ${id}`).execute(db)).rows[0] ?? null

export const checkOfBadge = async (db: Db, badge: string): Promise<CheckRow | null> =>
  (await select(sql`j.badge = ${badge}`).execute(db)).rows[0] ?? null

const isDown = (r: CheckRow): boolean => downBy({ ...freshState, ...r }) !== null

/** A run that goes on. */
export const startedAt = (r: CheckRow): number | null => r.open.findLast((run) => !run.over)?.at ?? null

/** As upstream derives it: what is stored, and late while the grace lasts. */
export const statusOf = (r: CheckRow, now: number): Status => {
  if (r.paused) return 'paused'
  const grace = r.graceSeconds * 1000
  const started = startedAt(r)
  const isLong = r.rules === 'healthchecks' && started !== null && now >= started + grace
  if (isDown(r) || isLong) return 'down'
  if (r.outcome === null) return 'new'
  if (r.dueAt === null || now < r.dueAt) return 'up'
  return now < r.dueAt + grace ? 'grace' : 'down'
}

export const timeOf = (at: number | null): string | null =>
  at === null ? null : `${new Date(at).toISOString().slice(0, 19)}+00:00`

/** When it is expected; while it runs, the start of that run. */
const nextPing = (r: CheckRow): number | null => {
  const due = r.outcome === 'success' && !isDown(r) ? r.dueAt : null
  const started = isDown(r) ? null : startedAt(r)
  return due === null || started === null ? (due ?? started) : Math.min(due, started)
}

/** By a schedule that healthchecks does not know, in words: its clients show it as it stands. */
const whenOf = (s: JobSchedule) => {
  if (s.kind === 'period') return { timeout: s.seconds }
  const tz = 'zone' in s ? s.zone : 'UTC'
  return { schedule: 'expression' in s ? s.expression : scheduleWords(s), tz }
}

type Shown = { base: string; version: Version; writes: boolean; now: number }

export const showCheck = (r: CheckRow, { base, version, writes, now }: Shown) => {
  const started = startedAt(r) !== null
  const status = version === 1 && started ? 'started' : statusOf(r, now)
  const api = `${base}/api/v${version}/checks/${r.id}`
  const { filters, schedule } = r
  return {
    name: r.name,
    slug: r.slug,
    tags: r.tags.join(' '),
    desc: r.description,
    grace: r.graceSeconds,
    n_pings: r.pings,
    status,
    started,
    last_ping: timeOf(r.lastAt),
    next_ping: timeOf(nextPing(r)),
    manual_resume: r.resumesByHand,
    methods: filters.post ? 'POST' : '',
    subject: filters.subject ? filters.success : '',
    subject_fail: filters.subject ? filters.failure : '',
    start_kw: filters.start,
    success_kw: filters.success,
    failure_kw: filters.failure,
    filter_subject: filters.subject,
    filter_body: filters.body,
    filter_http_body: filters.httpBody,
    filter_default_fail: filters.otherwise === 'fail',
    badge_url: `${base}/b/2/${r.badge}.svg`,
    ...(r.lastMs === null ? {} : { last_duration: Math.floor(r.lastMs / 1000) }),
    ...(writes
      ? {
          uuid: r.id,
          ping_url: `${base}/ping/${r.id}`,
          update_url: api,
          pause_url: `${api}/pause`,
          resume_url: `${api}/resume`,
          channels: '',
        }
      : { unique_key: uniqueKey(r.id) }),
    ...whenOf(schedule),
  }
}
