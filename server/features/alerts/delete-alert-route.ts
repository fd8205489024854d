import { alertRouteIdInput } from '../../../contract/alerts/alert-route.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { lockRoute } from './alert-route-rows.ts'
import { alertRouteDeleted } from './events.ts'

/** Takes a rule away. What was routed by it stays as it is. */
export const deleteAlertRoute = verb('alert_route.delete', {
  permission: 'alert_route.write',
  input: alertRouteIdInput,
  async run(ctx, { id }) {
    const route = await lockRoute(ctx, id)
    await ctx.db.deleteFrom('alert_routes').where('id', '=', id).execute()
    ctx.record(alertRouteDeleted, { subject: ref('alert_route', id), data: { name: route.name, before: route } })
    return { ok: true as const }
  },
})
