import { moveAlertRouteInput } from '../../../contract/alerts/alert-route.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { lockRoute, placeRoute, selectRoutes } from './alert-route-rows.ts'
import { alertRouteMoved } from './events.ts'

/** Has a rule tried earlier or later. Answers all of them in their new order. */
export const moveAlertRoute = verb('alert_route.move', {
  permission: 'alert_route.write',
  input: moveAlertRouteInput,
  async run(ctx, { id, before }) {
    const route = await lockRoute(ctx, id)
    const was = (await selectRoutes(ctx.db)).map((r) => r.id)
    if (before !== id) await placeRoute(ctx, id, before)
    const items = await selectRoutes(ctx.db)
    if (items.every((r, i) => r.id === was[i])) return ctx.unchanged({ items })
    const place = items.findIndex((r) => r.id === id) + 1
    ctx.record(alertRouteMoved, { subject: ref('alert_route', id), data: { name: route.name, place } })
    return { items }
  },
})
