import { sql } from 'kysely'
import type { NightState } from '../../../contract/chains/words.ts'
import type { Platform } from '../../platform/platform.ts'

type Row = { slug: string; state: NightState; odds: number | null; slack: number | null }

/** The nights that go on, as `/metrics` shows them: read when it is asked for. */
export const chainMetrics = ({ metrics, db, clock }: Platform): void => {
  const { deadlineOdds, deadlineSlack, deadlineState } = metrics
  const collect = async () => {
    const rows = await nightsNow(db, clock.now())
    for (const gauge of [deadlineOdds, deadlineSlack, deadlineState]) gauge.reset()
    for (const { slug: deadline, state, odds, slack } of rows) {
      if (odds !== null) deadlineOdds.set({ deadline }, odds)
      if (slack !== null) deadlineSlack.set({ deadline }, slack)
      deadlineState.set({ deadline, state }, 1)
    }
  }
  // The first of the three is asked first, and asks for all.
  Object.assign(deadlineOdds, { collect })
}

const MOST = 5_000

const nightsNow = async (db: Platform['db'], now: Temporal.Instant): Promise<Row[]> => {
  const { rows } = await sql<Row>`
    select distinct on (d.slug) d.slug, n.state, n.odds, n.slack_ms / 1000.0 as slack
    from chain_deadlines d join chain_nights n on n.deadline_id = d.id
    where n.business_date >= (${now}::timestamptz - interval '16 days')::date
    order by d.slug, n.settled, n.business_date desc limit ${MOST}`.execute(db)
  return rows.map((r) => ({ ...r, slack: r.slack === null ? null : Number(r.slack) }))
}
