import { z } from 'zod'
import { changeAlertRouteInput, createAlertRouteInput } from '../../../contract/alerts/alert-route.ts'
import { slug } from '../../../contract/base.ts'
import { declare, given, idNamed, namedBy } from '../../platform/declare/declaration.ts'
import { invalid } from '../../platform/errors.ts'
import { selectRoutes } from './alert-route-rows.ts'
import { changeAlertRoute } from './change-alert-route.ts'
import { createAlertRoute } from './create-alert-route.ts'
import { moveAlertRoute } from './move-alert-route.ts'

const { condition, environment, priority, opensIncident, enabled } = changeAlertRouteInput.shape
const schema = z.strictObject({
  name: createAlertRouteInput.shape.name,
  place: z.int('must be a whole number').min(1, 'must be at least 1').optional(),
  condition,
  service: slug.nullable().optional(),
  team: slug.nullable().optional(),
  environment,
  priority,
  policy: slug.nullable().optional(),
  opensIncident,
  enabled,
})

const policyNamed = namedBy('escalation_policies', 'escalation policy', 'escalation-policy')

/** A route of alerts, known by its name; `place` is its turn, 1 the first. */
export const alertRouteDeclaration = declare<z.output<typeof schema>>({
  kind: 'alert-route',
  help: 'A rule over alerts, known by its name; `place` is its turn among all, and `condition` is CEL.',
  key: 'name',
  schema,
  async stored({ db }) {
    const slugs = async (table: 'services' | 'teams' | 'escalation_policies') =>
      new Map((await db.selectFrom(table).select(['id', 'slug']).execute()).map((r) => [r.id, r.slug]))
    const [services, teams] = [await slugs('services'), await slugs('teams')]
    const policies = await slugs('escalation_policies')
    return (await selectRoutes(db)).map((r, i) => ({
      id: r.id,
      item: {
        name: r.name,
        place: i + 1,
        condition: r.condition,
        service: (r.service && services.get(r.service.id)) ?? null,
        team: (r.team && teams.get(r.team.id)) ?? null,
        environment: r.environment,
        priority: r.priority,
        policy: (r.policy && policies.get(r.policy.id)) ?? null,
        opensIncident: r.opensIncident,
        enabled: r.enabled,
      },
    }))
  },
  async write(ctx, { name, place: _, service, team, policy, ...rest }, id) {
    const fields = given({
      ...rest,
      serviceId: service && (await idNamed(ctx.db, namedBy('services', 'service', 'service'), service, 'service')),
      teamId: team && (await idNamed(ctx.db, namedBy('teams', 'team', 'team'), team, 'team')),
      policyId: policy && (await idNamed(ctx.db, policyNamed, policy, 'policy')),
    })
    if (id) await changeAlertRoute.run(ctx, { id, ...fields })
    else if (!fields.condition) throw invalid('condition', 'must be given: CEL over alert, service and team')
    else await createAlertRoute.run(ctx, createAlertRouteInput.parse({ ...fields, name }))
  },
  async relate(ctx, { name, place }) {
    if (place === undefined) return
    const all = await selectRoutes(ctx.db)
    const route = all.find((r) => r.name === name)
    if (!route) return
    const others = all.filter((r) => r.id !== route.id)
    await moveAlertRoute.run(ctx, { id: route.id, before: others[place - 1]?.id ?? null })
  },
})
