import { sql } from 'kysely'
import { plusSeconds } from '../../platform/clock.ts'
import { trimmed } from '../../platform/housekeeping.ts'
import { periodic } from '../../platform/periodic.ts'

export const forgetRuns = periodic(
  'chains.forget',
  86_400,
  `Forgets runs and nights of chains of more than ${trimmed.chain_runs} days ago`,
  async (ctx) => {
    const oldest = plusSeconds(ctx.now(), -trimmed.chain_runs * 86_400)
    await sql`delete from chain_runs where at < ${oldest}`.execute(ctx.db)
    await sql`delete from chain_nights where business_date < ${oldest}::timestamptz::date and settled`.execute(ctx.db)
    await sql`delete from chain_extensions where business_date < ${oldest}::timestamptz::date`.execute(ctx.db)
  },
)

/** So many marks stay: to add them up is part of each prediction. */
const MARKS = 100

export const forgetChanges = periodic(
  'chains.forget_changes',
  3_600,
  'Forgets old marks of changes of what waits for what',
  async (ctx) => {
    await sql`delete from chain_changes where tx < (select tx from chain_changes order by tx desc offset ${MARKS} limit 1)`.execute(
      ctx.db,
    )
  },
)
