import { sql } from 'kysely'
import { z } from 'zod'
import { plusSeconds } from '../clock.ts'
import { query } from '../query.ts'

/** As long as this, a row of due work is merely on its way. */
const LATE_SECONDS = 5
const MOST = 1_001

type Row = { waiting: number; late: number; failing: number; oldest: Temporal.Instant | null }

/** The queue of due work: what is on its way, what is late, what fails. Counts are cut at 1,001. */
export const showWork = query('system.work', {
  permission: 'system.read',
  input: z.object({}),
  async run(ctx) {
    const now = ctx.now()
    const capped = (condition: ReturnType<typeof sql<boolean>>) =>
      sql<number>`(select count(*)::int from (select 1 from due where ${condition} limit ${MOST}) x)`
    const { rows } = await sql<Row>`select
      ${capped(sql<boolean>`at > ${now}`)} as waiting,
      ${capped(sql<boolean>`at < ${plusSeconds(now, -LATE_SECONDS)}`)} as late,
      ${capped(sql<boolean>`attempts > 0 and last_error is not null`)} as failing,
      (select at from due where at < ${plusSeconds(now, -LATE_SECONDS)} order by at limit 1) as oldest`.execute(ctx.db)
    const [row] = rows
    return {
      waiting: row?.waiting ?? 0,
      late: row?.late ?? 0,
      failing: row?.failing ?? 0,
      oldestAt: row?.oldest ?? null,
    }
  },
})
