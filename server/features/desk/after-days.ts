import { plusMinutes } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'

const DEFAULT_DAYS = 5
const DAY_MINUTES = 24 * 60

/** After how many days a resolved ticket closes by itself: the setting `desk.close_after_days`, 5 without it. */
export const closeAfterDays = async (ctx: Context): Promise<number> => {
  const row = await ctx.db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', 'desk.close_after_days')
    .executeTakeFirst()
  const days = Number(row?.value)
  return row && Number.isFinite(days) && days > 0 ? days : DEFAULT_DAYS
}

export const plusDays = (at: Temporal.Instant, days: number): Temporal.Instant => plusMinutes(at, days * DAY_MINUTES)
