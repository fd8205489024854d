import { sql } from 'kysely'
import type { Condition, JobWaits } from '../../../contract/jobs/waits.ts'
import type { Db } from '../../platform/db/pool.ts'
import { expectAfter } from './job-state.ts'
import { type Before, type MayStart, mayStart, type Waiting } from './may-start.ts'
import { type Observed, type Overdue, overdue } from './overdue.ts'
import type { ReadState } from './state-rows.ts'

/** How soon a job that cannot begin yet is looked at again. */
const AGAIN_MS = 60_000

const awayNow: MayStart = { is: 'away' }

/** A job, as of when it is judged and by what was observed, and what was found. */
type Looked = { job: ReadState; now: number; spans: readonly Observed[]; found: Overdue }

/**
 * Takes back misses of jobs that have a time and something to wait for beside it: what is held does not come this time,
 * what waits has its grace from when it can begin. Asked in two statements for all that would be told.
 */
export const holdBack = async <L extends Looked>(db: Db, looked: readonly L[]): Promise<L[]> => {
  const missed = looked.filter(
    ({ job, found }) => job.held.rules === 'own' && found.flips.some((f) => f.kind === 'miss'),
  )
  const waits = missed.length > 0 ? await readWaiting(db, missed) : new Map<string, Waits>()
  if (waits.size === 0) return [...looked]
  const befores = await readBefore(db, [...waits.keys()])
  return looked.map((one) => {
    const { job, now, spans } = one
    const { state, rule } = job
    const own = waits.get(job.id)
    if (!own || state.dueAt === null || one.found.state.missedAt !== state.dueAt) return one
    const waiting: Waiting = { ...own, due: state.dueAt, lastStart: state.lastStart }
    // A box runs nothing: where its scheduler does not tell of it, nobody does.
    const isSilentBox = own.isBox && state.pings === 0
    const may = isSilentBox ? awayNow : mayStart(waiting, (name) => befores.get(`${job.id} ${name}`), now)
    if (may.is === 'away')
      return { ...one, found: overdue({ ...state, dueAt: expectAfter(rule, now), lookAt: null }, rule, now, spans) }
    const until = may.is === 'blocked' ? now + AGAIN_MS : may.since + rule.graceMs
    if (until <= now) return one
    const lateUntil = Math.max(until, rule.lateUntil ?? 0)
    return { ...one, found: overdue(state, { ...rule, lateUntil }, now, spans) }
  })
}

type Waits = { isBox: boolean; hold: JobWaits['hold']; box: string | null; condition: Condition | null }

const readWaiting = async (db: Db, missed: readonly Looked[]): Promise<Map<string, Waits>> => {
  const { rows } = await sql<Waits & { id: string }>`
    select job_id as id, is_box as "isBox", hold, box, condition from job_waits
    where job_id = any(${missed.map(({ job }) => job.id)}::uuid[])
      and (is_box or hold <> 'none' or box is not null or condition is not null)`.execute(db)
  return new Map(rows.map(({ id, ...waits }) => [id, waits]))
}

const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::int8`
const uuid = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'

/** What these jobs wait for, by their id and the name that they have for it: an id, one of the same origin, or a slug of the same team, or of one job alone. */
const readBefore = async (db: Db, ids: string[]): Promise<Map<string, Before>> => {
  const { rows } = await sql<Before & { waits: string; name: string }>`
    with asked as (
      select w.job_id, n.name, o.kind, j.team_id
      from job_waits w join jobs j on j.id = w.job_id left join job_origins o on o.job_id = j.id,
        lateral (select unnest(w.names) union select w.box where w.box is not null) n(name)
      where w.job_id = any(${ids}::uuid[])),
    named as (
      select a.job_id, a.name, coalesce(
        (select b.id from jobs b where b.id = case when a.name ~ ${uuid} then a.name::uuid end and b.archived_at is null),
        (select p.job_id from job_origins p join jobs b on b.id = p.job_id
          where p.kind = a.kind and p.external_id = a.name and b.archived_at is null),
        (select case when count(*) = 1 then min(b.id::text)::uuid end from jobs b
          where b.slug = a.name and b.team_id is not distinct from a.team_id and b.archived_at is null),
        (select case when count(*) = 1 then min(b.id::text)::uuid end from jobs b
          where b.slug = a.name and b.archived_at is null)) as id
      from asked a)
    select n.job_id as waits, n.name, s.outcome, ${ms('s.last_at')} as "lastAt", s.last_exit as "lastExit", s.open,
      ${ms('s.due_at')} as "dueAt", ${ms('s.missed_at')} as "missedAt", s.pings, j.paused_at is not null as paused,
      coalesce(w.hold, 'none') as hold
    from named n join jobs j on j.id = n.id join job_states s on s.job_id = j.id left join job_waits w on w.job_id = j.id`.execute(
    db,
  )
  return new Map(rows.map(({ waits, name, ...before }) => [`${waits} ${name}`, before]))
}
