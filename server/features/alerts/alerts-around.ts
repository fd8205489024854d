import { sql } from 'kysely'
import { alertsAroundInput } from '../../../contract/alerts/alert.ts'
import { severities } from '../../../contract/alerts/words.ts'
import { query } from '../../platform/query.ts'
import { upstreamOf } from '../catalog/index.ts'
import { selectAlerts } from './alert-view.ts'

/**
 * Open alerts of a service and of what it depends on: its own first, then the nearest, the most severe first. Of those of
 * one ticket the first stands for all, and those of the ticket that asks are left out: its reader has them before him.
 */
export const alertsAround = query('alert.around', {
  permission: 'alert.read',
  input: alertsAroundInput,
  async run(ctx, { serviceId, except, limit }) {
    if (ctx.scope.rows !== 'all') return { items: [] }
    const upstream = await upstreamOf(ctx.db, serviceId)
    const ids = [serviceId, ...upstream.map((s) => s.id)]
    const order = sql`array_position(${ids}::uuid[], a.service_id), array_position(${[...severities]}::text[], a.severity),
      a.started_at desc, a.id desc`
    const chosen = sql<{ id: string; more: number }>`
      select id, more from (
        select a.id, row_number() over (partition by coalesce(a.ticket_id, a.id) order by ${order}) as place,
          (count(*) over (partition by coalesce(a.ticket_id, a.id)))::int - 1 as more, row_number() over (order by ${order}) as rank
        from alerts a left join tickets t on t.id = a.ticket_id
        where a.service_id = any(${ids}::uuid[]) and a.status in ('firing', 'blind') ${except ? sql`and (t.id is null or (t.number <> ${except.toUpperCase()} and t.id::text <> ${except.toLowerCase()}))` : sql``}
      ) x where place = 1 order by rank limit ${limit}`
    const { rows: firsts } = await chosen.execute(ctx.db)
    const rows = await selectAlerts(ctx.db, sql`where a.id = any(${firsts.map((f) => f.id)}::uuid[]) order by ${order}`)
    const more = new Map(firsts.map((f) => [f.id, f.more]))
    const names = new Map(upstream.map((s) => [s.id, s.name]))
    return {
      items: rows.map((a) => {
        const above = a.service && names.get(a.service.id)
        return { ...a, more: more.get(a.id) ?? 0, because: above ? `${above}, which it depends on` : 'same service' }
      }),
    }
  },
})
