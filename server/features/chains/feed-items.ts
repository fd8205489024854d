import { sql } from 'kysely'
import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import { businessDateOf, datingOf, dueOn, plusDays } from './business-date.ts'
import type { FeedItem } from './calendar-feed.ts'
import { type Dates, datesByCalendar } from './dates.ts'
import { type Deadline, loadDeadlines } from './deadline-rows.ts'

const BACK_DAYS = 7
const AHEAD_DAYS = 14
const MOST_DEADLINES = 1_000

type Night = { id: string; date: string; due: Instant; state: string; odds: number | null; ends: Instant | null }

/**
 * Deadlines of a week back and two weeks ahead, in the order of their times; what has not been predicted is planned.
 * `services`: those that hurt these alone; null: all.
 */
export const feedItems = async (
  db: Db,
  now: number,
  baseUrl: string,
  services: readonly string[] | null,
): Promise<FeedItem[]> => {
  const seen = new Set(services)
  const deadlines = (await loadDeadlines(db))
    .filter(({ serviceId }) => services === null || (serviceId !== null && seen.has(serviceId)))
    .slice(0, MOST_DEADLINES)
  const from = now - BACK_DAYS * 86_400_000
  const nights = await sql<Night>`
    select n.deadline_id as id, n.business_date::text as date, n.due_at as due, n.state, n.odds, n.ends_at as ends
    from unnest(${deadlines.map((d) => d.id)}::uuid[]) d cross join lateral (
      select * from chain_nights n where n.deadline_id = d
        and n.business_date >= (to_timestamp(${from}::float8 / 1000) - interval '16 days')::date) n
    where n.due_at >= to_timestamp(${from}::float8 / 1000)`.execute(db)
  const names = await sql<{ id: string; name: string }>`
    select j.id, j.name from jobs j where j.id in (select job_id from chain_deadlines)`.execute(db)
  const jobs = new Map(names.rows.map((r) => [r.id, r.name]))
  const datesFor = datesByCalendar(db)
  const stored = Map.groupBy(nights.rows, (n) => n.id)
  const items: FeedItem[] = []
  for (const d of deadlines) {
    const about = {
      id: d.id,
      name: d.name,
      job: d.jobId && (jobs.get(d.jobId) ?? null),
      consequence: d.consequence,
      audience: d.audience,
    }
    const urlOf = (date: string) => `${baseUrl}/chains/${d.id}?date=${date}`
    const known = stored.get(d.id) ?? []
    for (const n of known)
      items.push({
        ...about,
        date: n.date,
        due: n.due.epochMilliseconds,
        state: n.state,
        odds: n.odds,
        endsAt: n.ends?.epochMilliseconds ?? null,
        url: urlOf(n.date),
      })
    const dates = new Set(known.map((n) => n.date))
    for (const { date, due } of planned(d, await datesFor(d), now))
      if (!dates.has(date))
        items.push({ ...about, date, due, state: 'planned', odds: null, endsAt: null, url: urlOf(date) })
  }
  return items.sort((a, b) => a.due - b.due)
}

const planned = (d: Deadline, dates: Dates, now: number): { date: string; due: number }[] => {
  if (d.due.kind === 'in') return []
  const today = plusDays(businessDateOf(now, datingOf(d)), -d.due.days)
  return Array.from({ length: AHEAD_DAYS + d.due.days }, (_, day) => plusDays(today, day)).flatMap((date) => {
    const due = dueOn(date, d)
    return due !== null && due > now && dates.on(date) ? [{ date, due }] : []
  })
}
