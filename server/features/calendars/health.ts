import { plusSeconds } from '../../platform/clock.ts'
import { type HealthCheck, timeWords } from '../../platform/health.ts'

const TOLD = 5
const WEEK = 7 * 86_400

/** Feeds of holidays that cannot be read, and days of them that nobody has looked at: clocks run by what is not known. */
export const calendarsHealth: HealthCheck = async (ctx) => {
  const rows = await ctx.db
    .selectFrom('holiday_feeds as f')
    .innerJoin('calendars as c', 'c.id', 'f.calendar_id')
    .select(['c.name', 'f.host', 'f.read_at', 'f.failing_since', 'f.problem', 'f.waiting', 'f.first_waiting'])
    .where((eb) => eb.or([eb('f.failing_since', 'is not', null), eb('f.waiting', '>', 0)]))
    .orderBy('c.name')
    .orderBy('c.id')
    .limit(TOLD)
    .execute()
  return rows.map((f) => {
    const what = `Holidays of ${f.name}`
    const look = `Look at them on its page, under Feed.`
    const days = f.waiting === 1 ? '1 day' : `${f.waiting} days`
    if (!f.failing_since) {
      const detail = `The feed from ${f.host} has ${days} about which nobody has decided, the first on ${f.first_waiting}. ${look}`
      return { what, state: 'warn', detail, since: null }
    }
    const old = f.read_at === null || Temporal.Instant.compare(f.read_at, plusSeconds(ctx.now(), -WEEK)) < 0
    const copy = f.read_at ? `What was read at ${timeWords(f.read_at, ctx.now())} stays.` : 'It has not been read yet.'
    return {
      what,
      state: old ? 'bad' : 'warn',
      detail: `The feed from ${f.host} cannot be read: ${f.problem}. ${copy} It is tried again each hour; mend the address on the page of the calendar, under Feed.`,
      since: f.failing_since,
    }
  })
}
