import { changeAlertRouteInput } from '../../../contract/alerts/alert-route.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { requireRoute } from './alert-route-guard.ts'
import { lockRoute, showRoute } from './alert-route-rows.ts'
import { alertRouteChanged } from './events.ts'

/** Changes a rule over alerts, for alerts to come. */
export const changeAlertRoute = verb('alert_route.change', {
  permission: 'alert_route.write',
  input: changeAlertRouteInput,
  async run(ctx, { id, ...given }) {
    const route = await lockRoute(ctx, id)
    const stored = {
      name: route.name,
      condition: route.condition,
      serviceId: route.service?.id ?? null,
      teamId: route.team?.id ?? null,
      environment: route.environment,
      priority: route.priority,
      policyId: route.policy?.id ?? null,
      opensIncident: route.opensIncident,
      enabled: route.enabled,
    }
    const changed = (Object.keys(stored) as (keyof typeof stored)[]).filter(
      (f) => given[f] !== undefined && given[f] !== stored[f],
    )
    if (changed.length === 0) return ctx.unchanged(route)
    const next = { ...stored, ...Object.fromEntries(changed.map((f) => [f, given[f]])) }
    await requireRoute(ctx, next)
    await ctx.db
      .updateTable('alert_routes')
      .set((eb) => ({
        name: next.name,
        condition: next.condition,
        service_id: next.serviceId,
        team_id: next.teamId,
        environment: next.environment,
        priority: next.priority,
        policy_id: next.policyId,
        opens_incident: next.opensIncident,
        enabled: next.enabled,
        updated_at: ctx.now(),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .execute()
    const pick = (from: object) =>
      Object.fromEntries(Object.entries(from).filter(([f]) => changed.includes(f as never)))
    ctx.record(alertRouteChanged, {
      subject: ref('alert_route', id),
      data: { name: route.name, before: pick(stored), after: pick(next) },
    })
    return showRoute(ctx.db, id)
  },
})
