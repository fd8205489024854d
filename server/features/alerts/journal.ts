import { type RawBuilder, sql } from 'kysely'
import type { Instant } from '../../platform/clock.ts'
import { plainArray } from '../../platform/db/plain-array.ts'
import { LANES } from '../../platform/lanes.ts'

/** What a tool sent, as received, its key replaced. */
export type JournalRow = {
  id: string
  sourceId: string
  contentType: string
  /** JSON of the headers. */
  headers: string
  body: Buffer
  outcome: 'read' | 'unreadable'
  problem: string | null
  signals: number
}

export const journalInsert = (rows: JournalRow[], at: Instant): RawBuilder<unknown> => {
  const of = <T>(pick: (r: JournalRow) => T) => rows.map(pick)
  const plain = (pick: (r: JournalRow) => string | number) => plainArray(rows.map(pick))
  return sql`
    insert into journal (source_id, at, id, content_type, headers, body, outcome, problem, signals)
    select s, to_timestamp(${at.epochMilliseconds}::float8 / 1000), i, c, h::jsonb, b, o, p, n
    from unnest(${plain((r) => r.sourceId)}::uuid[], ${plain((r) => r.id)}::uuid[], ${of((r) => r.contentType)}::text[],
      ${of((r) => r.headers)}::text[], ${of((r) => r.body)}::bytea[], ${plain((r) => r.outcome)}::text[],
      ${of((r) => r.problem)}::text[], ${plain((r) => r.signals)}::int[]) as u(s, i, c, h, b, o, p, n)`
}

export type Counted = { sourceId: string; signals: number; problem: string | null }

/** Seconds over which the rate of a source is averaged. */
const RATE_OVER = 300

/** Rows in which a source counts. */
const SLOTS = 16

/** One of those of a lane: two that write at the same time do not wait for each other. */
const slotOf = (lane: number): number => lane + LANES * Math.floor((Math.random() * SLOTS) / LANES)

/** Adds to the counters of the sources. The rate is a moving average that fades with e^(-t/300 s). */
export const countIntake = (counted: Counted[], at: Instant, lane = 0): RawBuilder<unknown> => {
  const bySource = new Map<string, { signals: number; problems: number; problem: string | null }>()
  for (const c of counted) {
    const sum = bySource.get(c.sourceId) ?? { signals: 0, problems: 0, problem: null }
    sum.signals += c.signals
    if (c.problem !== null) {
      sum.problems++
      sum.problem = c.problem
    }
    bySource.set(c.sourceId, sum)
  }
  const rows = [...bySource].sort(([a], [b]) => (a < b ? -1 : 1))
  return sql`
    insert into source_stats as t (source_id, slot, last_at, signals, problems, last_problem, last_problem_at, rate)
    select s, ${slotOf(lane)}, t, n, p, m, case when p > 0 then t end, n / ${RATE_OVER}::float8
    from to_timestamp(${at.epochMilliseconds}::float8 / 1000) as t, unnest(${rows.map(([s]) => s)}::uuid[], ${rows.map(([, c]) => c.signals)}::int8[],
      ${rows.map(([, c]) => c.problems)}::int8[], ${rows.map(([, c]) => c.problem)}::text[]) as u(s, n, p, m)
    on conflict (source_id, slot) do update set
      last_at = greatest(t.last_at, excluded.last_at), signals = t.signals + excluded.signals,
      problems = t.problems + excluded.problems,
      last_problem = coalesce(excluded.last_problem, t.last_problem),
      last_problem_at = coalesce(excluded.last_problem_at, t.last_problem_at),
      rate = excluded.rate + t.rate
        * exp(-least(greatest(date_part('epoch', excluded.last_at - t.last_at), 0), 86400) / ${RATE_OVER}::float8)`
}

/** The counters of the sources at `now`, a row each: their slots summed up, and the rate as it has faded. */
export const intakeCounters = (now: Instant): RawBuilder<unknown> => sql`
  select source_id, max(last_at) as last_at, sum(signals)::int8 as signals, sum(problems)::int8 as problems,
    (array_agg(last_problem order by last_problem_at desc nulls last))[1] as last_problem,
    max(last_problem_at) as last_problem_at,
    sum(rate * exp(-least(greatest(date_part('epoch', ${now}::timestamptz - last_at), 0), 86400) / ${RATE_OVER}::float8)) as rate
  from source_stats group by source_id`
