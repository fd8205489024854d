import { type RawBuilder, sql } from 'kysely'
import type { Due } from '../../../contract/chains/deadline.ts'
import { type NightState, nightStates, type TellFrom } from '../../../contract/chains/words.ts'
import { businessCut } from '../../../contract/jobs/words.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'

/**
 * The night of each of `chain_deadlines d` that matters now: the most urgent of those that go on, else the newest. By the
 * primary key, a few rows for each.
 */
const nightNow = (now: Instant) => sql`
  select n.* from chain_nights n where n.deadline_id = d.id and n.business_date >= (${now}::timestamptz - interval '16 days')::date
  order by n.settled, case when n.settled then null else array_position(${[...nightStates]}::text[], n.state) end, n.business_date desc
  limit 1`

export type DeadlineRecord = {
  id: string
  slug: string
  name: string
  job_id: string | null
  job_name: string | null
  due: Due
  weekdays: number[]
  calendar_id: string | null
  calendar_name: string | null
  cut: string | null
  tell_from: TellFrom
  odds_limit: number | null
  consequence: string
  audience: string
  cost: string
  team_id: string | null
  team_name: string | null
  service_id: string | null
  service_name: string | null
  held_until: Instant | null
  held_reason: string
  imported: boolean
  created_at: Instant
  updated_at: Instant
  version: number
  night: boolean
  latest_at: Instant | null
} & NightRecord

export type NightRecord = {
  business_date: string | null
  state: NightState | null
  since: Instant | null
  due_at: Instant | null
  odds: number | null
  ends_at: Instant | null
  done_at: Instant | null
  slack_ms: number | null
  culprit_id: string | null
  culprit_name: string | null
  predicted_at: Instant | null
}

export const nightColumns = sql`n.business_date::text, n.state, n.since, n.due_at, n.odds, n.ends_at, n.done_at, n.slack_ms, n.culprit_id,
  n.predicted_at, c.name as culprit_name`

const rank = sql`coalesce(array_position(${[...nightStates]}::text[], n.state), ${nightStates.length + 1})`

export type DeadlinePlace = { id: string; rank: number; sort: string; held: boolean }

/** Where deadlines stand in a list, what needs somebody first: all that is looked at of those that are not shown. */
export const placesOfDeadlines = (now: Instant, where: RawBuilder<unknown>): RawBuilder<DeadlinePlace> => sql`
  select d.id, lower(d.name) as sort, coalesce(d.held_until > ${now}, false) as held, ${rank} as rank
  from chain_deadlines d left join jobs j on j.id = d.job_id left join lateral (${nightNow(now)}) n on true
  where ${where}`

/** Deadlines as lists and pages show them. */
export const selectDeadlines = (now: Instant, where: RawBuilder<unknown>): RawBuilder<DeadlineRecord> => sql`
  select d.id, d.slug, d.name, d.job_id, j.name as job_name, d.due, d.weekdays, d.calendar_id, k.name as calendar_name, d.cut, d.tell_from, d.odds_limit,
    d.consequence, d.audience, d.cost, d.team_id, t.name as team_name, d.service_id, v.name as service_name,
    case when d.held_until > ${now} then d.held_until end as held_until, d.held_reason, d.said is not null as imported,
    d.created_at, d.updated_at, d.version, ${nightColumns},
    case when n.done_at is null then (select f.p95 from chain_forecasts f
      where f.deadline_id = n.deadline_id and f.business_date = n.business_date order by f.at desc limit 1) end as latest_at
  from chain_deadlines d
  left join jobs j on j.id = d.job_id left join calendars k on k.id = d.calendar_id
  left join teams t on t.id = d.team_id left join services v on v.id = d.service_id
  left join lateral (${nightNow(now)}) n on true left join jobs c on c.id = n.culprit_id
  where ${where}`

const named = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

export const showNightWords = (r: NightRecord) =>
  r.business_date === null || !r.state || !r.since || !r.due_at || !r.predicted_at
    ? null
    : {
        date: r.business_date,
        state: r.state,
        since: r.since,
        dueAt: r.due_at,
        odds: r.odds,
        endsAt: r.ends_at,
        doneAt: r.done_at,
        slackMs: r.slack_ms === null ? null : Number(r.slack_ms),
        culprit: named(r.culprit_id, r.culprit_name),
        predictedAt: r.predicted_at,
      }

export const showDeadlineRow = (r: DeadlineRecord) => ({
  id: r.id,
  slug: r.slug,
  name: r.name,
  jobId: r.job_id,
  job: named(r.job_id, r.job_name),
  due: r.due,
  weekdays: r.weekdays,
  calendarId: r.calendar_id,
  calendar: named(r.calendar_id, r.calendar_name),
  cut: r.cut,
  tellFrom: r.tell_from,
  oddsLimit: r.odds_limit,
  consequence: r.consequence,
  audience: r.audience,
  cost: r.cost,
  teamId: r.team_id,
  team: named(r.team_id, r.team_name),
  serviceId: r.service_id,
  service: named(r.service_id, r.service_name),
  held: r.held_until ? { until: r.held_until, reason: r.held_reason } : null,
  imported: r.imported,
  night: showNightWords(r),
  latestAt: r.latest_at,
  version: r.version,
})

/** A deadline as it is decided about. */
export type Deadline = {
  id: string
  name: string
  jobId: string | null
  due: Due
  weekdays: number[]
  calendarId: string | null
  cut: string | null
  tellFrom: TellFrom
  /** The odds over which it is predicted late; null: as usual. */
  oddsLimit: number | null
  consequence: string
  audience: string
  cost: string
  teamId: string | null
  serviceId: string | null
  heldUntil: Instant | null
  version: number
  /** Epoch milliseconds. */
  createdAt: number
  /** When business dates begin in its zone, where nothing else is said. */
  zoneCut: string
}

/** Deadlines with what decides about their dates. */
export const loadDeadlines = async (db: Db, ids: readonly string[] | null = null): Promise<Deadline[]> => {
  const { rows } = await sql<Deadline>`
    select d.id, d.name, d.job_id as "jobId", d.due, d.weekdays, d.calendar_id as "calendarId", d.cut, d.tell_from as "tellFrom", d.odds_limit as "oddsLimit",
      d.consequence, d.audience, d.cost, d.team_id as "teamId", d.service_id as "serviceId", d.held_until as "heldUntil",
      d.version, (extract(epoch from d.created_at) * 1000)::int8 as "createdAt",
      coalesce(z.cut, ${businessCut}) as "zoneCut"
    from chain_deadlines d left join business_cuts z on z.zone = d.due ->> 'zone'
    where ${ids === null ? sql`true` : sql`d.id = any(${[...ids]}::uuid[])`} order by d.id`.execute(db)
  return rows
}
