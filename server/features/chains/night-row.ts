import { sql } from 'kysely'
import type { NightState } from '../../../contract/chains/words.ts'
import type { Db } from '../../platform/db/pool.ts'

/** A night as it is stored. Instants are epoch milliseconds. */
export type NightRow = {
  date: string
  due: number
  state: NightState
  since: number
  settled: boolean
  told: boolean
  odds: number | null
  endsAt: number | null
  doneAt: number | null
  slackMs: number | null
  culpritId: string | null
  predictedAt: number
}

const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::int8`
const instant = (at: number | null) =>
  at === null || !Number.isFinite(at) ? null : Temporal.Instant.fromEpochMilliseconds(Math.round(at))

/** The nights of a deadline from `from` on, and those before that go on. */
export const readNights = async (db: Db, deadlineId: string, from: string): Promise<NightRow[]> => {
  const { rows } = await sql<NightRow>`
    select business_date::text as date, ${ms('due_at')} as due, state, ${ms('since')} as since, settled, told, odds,
      ${ms('ends_at')} as "endsAt", ${ms('done_at')} as "doneAt", slack_ms as "slackMs", culprit_id as "culpritId",
      ${ms('predicted_at')} as "predictedAt"
    from (select * from chain_nights where deadline_id = ${deadlineId} and business_date >= ${from}::date
      union all select * from chain_nights where deadline_id = ${deadlineId} and business_date < ${from}::date and not settled) n
    order by business_date`.execute(db)
  return rows
}

export const readExtensions = async (db: Db, deadlineId: string): Promise<Map<string, number>> => {
  const { rows } = await sql<{ date: string; at: number }>`
    select business_date::text as date, ${ms('due_at')} as at from chain_extensions where deadline_id = ${deadlineId}
    order by business_date desc limit 60`.execute(db)
  return new Map(rows.map((r) => [r.date, r.at]))
}

export const writeNight = async (db: Db, deadlineId: string, n: NightRow): Promise<void> => {
  const row = {
    due_at: instant(n.due) as Temporal.Instant,
    state: n.state,
    since: instant(n.since) as Temporal.Instant,
    settled: n.settled,
    told: n.told,
    odds: n.odds,
    ends_at: instant(n.endsAt),
    done_at: instant(n.doneAt),
    slack_ms: n.slackMs === null ? null : Math.round(n.slackMs),
    culprit_id: n.culpritId,
    predicted_at: instant(n.predictedAt) as Temporal.Instant,
  }
  await db
    .insertInto('chain_nights')
    .values({ deadline_id: deadlineId, business_date: n.date, ...row })
    .onConflict((on) => on.columns(['deadline_id', 'business_date']).doUpdateSet(row))
    .execute()
}

/** What was predicted, for the record that predictions are measured by. */
export const writeForecast = async (
  db: Db,
  deadlineId: string,
  n: NightRow,
  q: { p50: number | null; p80: number | null; p95: number | null },
): Promise<void> => {
  await db
    .insertInto('chain_forecasts')
    .values({
      deadline_id: deadlineId,
      at: instant(n.predictedAt) as Temporal.Instant,
      business_date: n.date,
      state: n.state,
      odds: n.odds,
      p50: instant(q.p50),
      p80: instant(q.p80),
      p95: instant(q.p95),
      due_at: instant(n.due) as Temporal.Instant,
      culprit_id: n.culpritId,
    })
    .onConflict((on) => on.doNothing())
    .execute()
}
