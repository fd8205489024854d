import { sql } from 'kysely'
import { alertsAroundInput } from '../../../contract/alerts/alert.ts'
import { severities } from '../../../contract/alerts/words.ts'
import { query } from '../../platform/query.ts'
import { upstreamOf } from '../catalog/index.ts'
import { selectAlerts } from './alert-view.ts'

/** Open alerts of a service and of what it depends on: its own first, then the nearest, the most severe first. */
export const alertsAround = query('alert.around', {
  permission: 'alert.read',
  input: alertsAroundInput,
  async run(ctx, { serviceId, limit }) {
    if (ctx.scope.rows !== 'all') return { items: [] }
    const upstream = await upstreamOf(ctx.db, serviceId)
    const ids = [serviceId, ...upstream.map((s) => s.id)]
    const order = sql`array_position(${ids}::uuid[], a.service_id), array_position(${[...severities]}::text[], a.severity)`
    const rows = await selectAlerts(
      ctx.db,
      sql`where a.service_id = any(${ids}::uuid[]) and a.status in ('firing', 'blind')
        order by ${order}, a.started_at desc, a.id desc limit ${limit}`,
    )
    const names = new Map(upstream.map((s) => [s.id, s.name]))
    return {
      items: rows.map((a) => {
        const above = a.service && names.get(a.service.id)
        return { ...a, because: above ? `${above}, which it depends on` : 'same service' }
      }),
    }
  },
})
