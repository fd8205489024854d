import { sql } from 'kysely'
import { nightInput } from '../../../contract/chains/deadline.ts'
import type { Instant } from '../../platform/clock.ts'
import { query } from '../../platform/query.ts'
import { loadReadable } from './show-night.ts'
import { dateOfNow } from './which-date.ts'

const MOST = 1_000

type Row = { at: Instant; state: string; odds: number | null; p50: Instant | null; p95: Instant | null; dueAt: Instant }

/** What was predicted of a business date, the oldest first. */
export const readForecasts = query('deadline.forecasts', {
  permission: 'chain.read',
  input: nightInput,
  async run(ctx, { id, date: given }) {
    const deadline = await loadReadable(ctx, id)
    const date = given ?? (await dateOfNow(ctx.db, deadline, ctx.now().epochMilliseconds))
    const { rows } = await sql<Row>`
      select at, state, odds, p50, p95, due_at as "dueAt" from chain_forecasts
      where deadline_id = ${id} and business_date = ${date}::date order by at limit ${MOST}`.execute(ctx.db)
    return { items: rows }
  },
})
