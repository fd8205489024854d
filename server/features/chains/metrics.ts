import { sql } from 'kysely'
import { Gauge } from 'prom-client'
import type { NightState } from '../../../contract/chains/words.ts'
import type { Platform } from '../../platform/platform.ts'

const ODDS = 'watchfloor_deadline_odds'

type Row = { slug: string; state: NightState; odds: number | null; slack: number | null }

/** The nights that go on, as `/metrics` shows them: read when it is asked for. */
export const chainMetrics = ({ metrics, db, clock }: Platform): void => {
  // Mounted twice in one process, they are the same.
  if (metrics.registry.getSingleMetric(ODDS)) return
  const registers = [metrics.registry]
  let reading: Promise<void> | null = null
  /** They are asked for at the same time: the first has all of them read, and none answers before. */
  const collect = (): Promise<void> => {
    reading ??= nightsNow(db, clock.now())
      .then((rows) => {
        for (const gauge of [odds, slack, state]) gauge.reset()
        for (const row of rows) {
          const deadline = row.slug
          if (row.odds !== null) odds.set({ deadline }, row.odds)
          if (row.slack !== null) slack.set({ deadline }, row.slack)
          state.set({ deadline, state: row.state }, 1)
        }
      })
      .finally(() => {
        reading = null
      })
    return reading
  }
  const slack = new Gauge({
    name: 'watchfloor_deadline_slack_seconds',
    help: 'From the expected end of a chain to its deadline; negative when it is expected late',
    labelNames: ['deadline'],
    registers,
    collect,
  })
  const state = new Gauge({
    name: 'watchfloor_deadline_state',
    help: '1 for the state in which a deadline is',
    labelNames: ['deadline', 'state'],
    registers,
    collect,
  })
  const odds = new Gauge({
    name: ODDS,
    help: 'Odds that a deadline is missed, 0 to 1',
    labelNames: ['deadline'],
    registers,
    collect,
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
