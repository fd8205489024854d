import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { PingFilters } from '../../../../contract/jobs/filters.ts'
import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import type { JobRules } from '../../../../contract/jobs/words.ts'
import type { Db } from '../../../platform/db/pool.ts'
import { downBy, freshState, type JobState } from '../job-state.ts'
import type { Caller } from './caller.ts'

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
  from jobs j join job_states s on s.job_id = j.id where j.archived_at is null and ${where} order by j.id`

const ofCaller = ({ team }: Caller) => (team ? sql`j.team_id = ${team.id}` : sql`true`)

/** In the order in which they were made. */
export const checksOf = async (db: Db, caller: Caller, slug?: string): Promise<CheckRow[]> => {
  const found = slug === undefined ? sql`true` : sql`j.slug = ${slug}`
  return (await select(sql`${ofCaller(caller)} and ${found}`).execute(db)).rows
}

export const checkOfId = async (db: Db, id: string): Promise<CheckRow | null> =>
  (await select(sql`j.id = ${id}`).execute(db)).rows[0] ?? null

export const checksOfTeam = async (db: Db, teamId: string): Promise<CheckRow[]> =>
  (await select(sql`j.team_id = ${teamId}`).execute(db)).rows

export const checkOfBadge = async (db: Db, badge: string): Promise<CheckRow | null> =>
  (await select(sql`j.badge = ${badge}`).execute(db)).rows[0] ?? null

/** What a reader without the right to write knows a check by. */
export const uniqueKey = (id: string): string =>
  createHash('sha1').update(id.replaceAll('-', '').slice(0, 16)).digest('hex')

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

/** It knows a period and cron; what waits for others has neither. */
const whenOf = (s: JobSchedule) => {
  if (s.kind === 'waits') return { tz: s.zone }
  return s.kind === 'period' ? { timeout: s.seconds } : { schedule: s.expression, tz: s.zone }
}
