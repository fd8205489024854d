import { daysInput } from '../../../contract/monitors/inputs.ts'
import type { ReadContext } from '../../platform/context.ts'
import { query } from '../../platform/query.ts'
import { loadCalendar, openIntervals } from '../calendars/index.ts'
import { findService } from '../catalog/index.ts'
import { lastDays, shareOf } from './days-rules.ts'
import { requireReadable } from './show.ts'
import { timeInStates, worst } from './time-in-states.ts'

const DAYS = 90

/** The last 90 days, a cell for each, and how much of them it was up: at all hours and within the support calendar. */
export const daysOfMonitor = query('monitor.days', {
  permission: 'monitor.read',
  input: daysInput,
  async run(ctx, { id, zone: wanted }) {
    await requireReadable(ctx, id)
    const calendar = await calendarOf(ctx, id)
    const zone = wanted ?? calendar?.zone ?? 'UTC'
    const now = ctx.now()
    const days = lastDays(now, zone, DAYS)
    const first = days[0]?.from ?? now
    const open = calendar ? openIntervals(calendar, first, now) : []
    const windows = [...days, ...open].map((w) => ({ id, from: w.from.epochMilliseconds, to: w.to.epochMilliseconds }))
    const times = await timeInStates(ctx.db, windows, now)
    return {
      zone,
      days: days.map((day, i) => {
        const t = times[i] ?? {}
        return {
          ...day,
          state: worst(t),
          upMs: t.up ?? 0,
          degradedMs: t.degraded ?? 0,
          downMs: t.down ?? 0,
          unknownMs: t.unknown ?? 0,
          unobservedMs: t.unobserved ?? 0,
        }
      }),
      allHours: shareOf(times.slice(0, days.length)),
      businessHours: calendar ? shareOf(times.slice(days.length)) : null,
    }
  },
})

const calendarOf = async (ctx: ReadContext, id: string) => {
  const row = await ctx.db.selectFrom('monitors').select('service_id').where('id', '=', id).executeTakeFirst()
  const service = row?.service_id ? await findService(ctx.db, row.service_id) : null
  return service?.calendarId ? loadCalendar(ctx.db, service.calendarId) : null
}
