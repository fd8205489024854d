import { createAlertRouteInput, mostAlertRoutes } from '../../../contract/alerts/alert-route.ts'
import { conflict } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { requireRoute } from './alert-route-guard.ts'
import { placeRoute, selectRoutes, showRoute } from './alert-route-rows.ts'
import { inTurn } from './alert-rows.ts'
import { alertRouteCreated } from './events.ts'

/** Adds a rule over alerts. What was routed so far stays as it is. */
export const createAlertRoute = verb('alert_route.create', {
  permission: 'alert_route.write',
  input: createAlertRouteInput,
  async run(ctx, { before, ...f }) {
    await requireRoute(ctx, f)
    await inTurn(ctx, 'routes')
    if ((await selectRoutes(ctx.db)).length >= mostAlertRoutes)
      throw conflict(`There are ${mostAlertRoutes} routes, and each alert is tried by all of them. Delete one first.`)
    const id = newId()
    await ctx.db
      .insertInto('alert_routes')
      .values({
        id,
        position: 0,
        name: f.name,
        condition: f.condition,
        service_id: f.serviceId,
        team_id: f.teamId,
        environment: f.environment,
        priority: f.priority,
        policy_id: f.policyId,
        opens_incident: f.opensIncident,
        enabled: f.enabled,
        created_at: ctx.now(),
        updated_at: ctx.now(),
      })
      .execute()
    await placeRoute(ctx, id, before)
    ctx.record(alertRouteCreated, { subject: ref('alert_route', id), data: { name: f.name, after: { ...f, before } } })
    return showRoute(ctx.db, id)
  },
})
