import type { HealthCheck } from '../../platform/health.ts'
import { calendarOf, nextOpen } from '../calendars/index.ts'

const TOLD = 3

/** Calendars by which clocks run and which never open: no due time can be found by them, and nobody would be warned. */
export const slaHealth: HealthCheck = async (ctx) => {
  const rows = await ctx.db
    .selectFrom('calendars')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb(
          'id',
          'in',
          eb
            .selectFrom('services')
            .select('calendar_id')
            .where('calendar_id', 'is not', null)
            .where('archived_at', 'is', null),
        ),
        eb('id', 'in', eb.selectFrom('sla_policies').select('calendar_id').where('calendar_id', 'is not', null)),
      ]),
    )
    .orderBy('name')
    .limit(200)
    .execute()
  return rows
    .map(calendarOf)
    .flatMap(({ name, rules }) => {
      const open = nextOpen(rules, ctx.now())
      const detail = open.kind === 'never' ? `SLA clocks that run by it have no due time. ${open.reason}` : null
      return detail ? [{ what: `Calendar ${name}`, state: 'bad' as const, detail, since: null }] : []
    })
    .slice(0, TOLD)
}
