import { sql } from 'kysely'
import type { NightState } from '../../../contract/chains/words.ts'
import { readWhenAsked } from '../../platform/metrics.ts'
import type { Platform } from '../../platform/platform.ts'

type Row = { slug: string; state: NightState; odds: number | null; slack: number | null }

/** The nights that go on, as `/metrics` shows them: read when it is asked for. */
export const chainMetrics = ({ metrics, db, clock }: Platform): void => {
  const { deadlineOdds, deadlineSlack, deadlineState } = metrics
  const gauges = [deadlineOdds, deadlineSlack, deadlineState]
  readWhenAsked(gauges, async () => {
    const rows = await nightsNow(db, clock.now())
    for (const gauge of gauges) gauge.reset()
    for (const { slug: deadline, state, odds, slack } of rows) {
      if (odds !== null) deadlineOdds.set({ deadline }, odds)
      if (slack !== null) deadlineSlack.set({ deadline }, slack)
      deadlineState.set({ deadline, state }, 1)
    }
  })
}

const MOST = 5_000

const nightsNow = async (db: Platform['db'], now: Temporal.Instant): Promise<Row[]> => {
  const { rows } = await sql<Row>`
    select d.slug, n.state, n.odds, n.slack_ms / 1000.0 as slack
    from (select id, slug from chain_deadlines order by slug limit ${MOST}) d cross join lateral (
      select n.state, n.odds, n.slack_ms from chain_nights n
      where n.deadline_id = d.id and n.business_date >= (${now}::timestamptz - interval '16 days')::date
      order by n.settled, n.business_date desc limit 1) n
    order by d.slug`.execute(db)
  return rows.map((r) => ({ ...r, slack: r.slack === null ? null : Number(r.slack) }))
}
