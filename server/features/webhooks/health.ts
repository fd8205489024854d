import { plusSeconds } from '../../platform/clock.ts'
import { type HealthCheck, timeWords } from '../../platform/health.ts'

const TOLD = 5
/** A deployment on the other side is no news. */
const PATIENCE_SECONDS = 900

/** Webhooks that take nothing: who relies on them hears of nothing. */
export const webhooksHealth: HealthCheck = async (ctx) => {
  const rows = await ctx.db
    .selectFrom('webhooks')
    .select(['name', 'failing_since', 'problem', 'delivered_at'])
    .where('failing_since', '<', plusSeconds(ctx.now(), -PATIENCE_SECONDS))
    .orderBy('name')
    .limit(TOLD)
    .execute()
  return rows.map((r) => {
    const last = r.delivered_at
      ? `It took something last at ${timeWords(r.delivered_at, ctx.now())}.`
      : 'It has taken nothing yet.'
    return {
      what: `Webhook ${r.name}`,
      state: 'bad',
      detail: `It does not take what is posted: ${r.problem} ${last} It is told all of it when it answers again.`,
      since: r.failing_since,
    }
  })
}
