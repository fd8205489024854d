import type { Environment } from '../../../contract/base.ts'
import type { AlertRoute } from './words.ts'

/** A route as its form holds it; null leaves something as it is by default. */
export type RouteDraft = {
  name: string
  condition: string
  serviceId: string | null
  teamId: string | null
  environment: Environment | null
  priority: number | null
  policyId: string | null
  opensIncident: boolean | null
  enabled: boolean
}

export const newRouteDraft: RouteDraft = {
  name: '',
  condition: '',
  serviceId: null,
  teamId: null,
  environment: null,
  priority: null,
  policyId: null,
  opensIncident: null,
  enabled: true,
}

export const routeDraftOf = (route: AlertRoute): RouteDraft => ({
  name: route.name,
  condition: route.condition,
  serviceId: route.service?.id ?? null,
  teamId: route.team?.id ?? null,
  environment: route.environment,
  priority: route.priority,
  policyId: route.policy?.id ?? null,
  opensIncident: route.opensIncident,
  enabled: route.enabled,
})

export const routeFields: readonly string[] = Object.keys(newRouteDraft)

/** What is wrong, by field; empty when it may be sent. The server says what is wrong with a condition. */
export const routeProblems = (draft: RouteDraft): Record<string, string> => {
  const decided = [
    draft.serviceId,
    draft.teamId,
    draft.environment,
    draft.priority,
    draft.policyId,
    draft.opensIncident,
  ]
  return {
    ...(draft.name.trim() === '' && { name: 'Give it a name, such as "Oracle to the DBAs".' }),
    ...(draft.condition.trim() === '' && {
      condition: 'Say for which alerts it is, such as alert.host.startsWith("ora").',
    }),
    ...(decided.every((one) => one === null) && {
      teamId: 'It decides nothing yet: choose a team, or one of the fields below.',
    }),
  }
}

export const routeInput = (draft: RouteDraft): RouteDraft => ({ ...draft, name: draft.name.trim() })

/** What the simulator is asked; a name changes nothing that it answers. */
export const previewInput = ({ name: _, enabled: _enabled, ...decided }: RouteDraft) => decided

type Placed = Pick<AlertRoute, 'id' | 'enabled'>

/**
 * Before which route the simulator tries the draft. One that is disabled stands nowhere among those that are tried, so
 * it is asked for as a new one before the next that is.
 */
export const previewPlace = (routes: readonly Placed[], id: string | undefined) => {
  const at = routes.findIndex((one) => one.id === id)
  if (at < 0) return { before: null }
  if (routes[at]?.enabled) return { id: routes[at].id, before: null }
  return { before: routes.slice(at + 1).find(({ enabled }) => enabled)?.id ?? null }
}

/** What `before` moves a route one place earlier (-1) or later (1); undefined when it is there already. */
export const moveTo = (routes: readonly Pick<AlertRoute, 'id'>[], id: string, by: -1 | 1) => {
  const at = routes.findIndex((one) => one.id === id)
  if (at < 0 || !routes[at + by]) return undefined
  return { id, before: routes[by < 0 ? at - 1 : at + 2]?.id ?? null }
}

export const conditionExamples = [
  'alert.title.like("*disk*full*")',
  'alert.severity in ["critical", "high"] && service.tier == 1',
  '"team" in alert.labels && alert.labels.team == "dba"',
] as const

/** An example takes the place of nothing or of another example; what somebody wrote is kept, and both must hold. */
export const withExample = (condition: string, example: string): string => {
  const written = condition.trim()
  if (written === '' || (conditionExamples as readonly string[]).includes(written)) return example
  return `(${written})\n&& ${example}`
}
