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
  const slack = new Gauge({
    name: 'watchfloor_deadline_slack_seconds',
    help: 'From the expected end of a chain to its deadline; negative when it is expected late',
    labelNames: ['deadline'],
    registers,
  })
  const state = new Gauge({
    name: 'watchfloor_deadline_state',
    help: '1 for the state in which a deadline is',
    labelNames: ['deadline', 'state'],
    registers,
  })
  new Gauge({
    name: ODDS,
    help: 'Odds that a deadline is missed, 0 to 1',
    labelNames: ['deadline'],
    registers,
    async collect() {
      const rows = await nightsNow(db, clock.now())
      for (const gauge of [this, slack, state]) gauge.reset()
      for (const row of rows) {
        const deadline = row.slug
        if (row.odds !== null) this.set({ deadline }, row.odds)
        if (row.slack !== null) slack.set({ deadline }, row.slack)
        state.set({ deadline, state: row.state }, 1)
      }
    },
  })
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
