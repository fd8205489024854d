import type { Environment } from '../../../contract/base.ts'
import { type Facts, holds } from './alert-route-condition.ts'

/** What a route decides; null leaves it as the default route has it. */
export type Decision = {
  serviceId: string | null
  teamId: string | null
  environment: Environment | null
  priority: number | null
  policyId: string | null
  opensIncident: boolean | null
}

export type RouteRule = Decision & { id: string; name: string; condition: string }

/** The first rule whose condition holds. One that cannot be decided does not hold. */
export const firstThatHolds = <R extends { condition: string }>(rules: readonly R[], facts: Facts): R | null =>
  rules.find((r) => holds(r.condition, facts) === true) ?? null

export type Place = { serviceId: string | null; teamId: string | null; environment: Environment }

/** Where an alert goes by a decision. With another service and no team of its own, its owner has it. */
export const placeBy = (d: Decision, base: Place, ownerOf: (serviceId: string) => string | null): Place => ({
  serviceId: d.serviceId ?? base.serviceId,
  environment: d.environment ?? base.environment,
  teamId: d.teamId ?? (d.serviceId ? (ownerOf(d.serviceId) ?? base.teamId) : base.teamId),
})
