import type { SlaAppliesTo, SlaCutOff, SlaTargets } from '../../../contract/sla/index.ts'
import type { CalendarRules } from '../calendars/index.ts'

/** What of a policy the arithmetic needs. */
export type PolicyRules = {
  name: string
  version: number
  targets: SlaTargets
  /** Of the time that a clock has, in per cent: the warning comes when so much is used. */
  warnPercent: number | null
  onReopen: 'resume' | 'continue' | 'new_cycle'
  onReclass: 'retroactive' | 'from_change'
  pauseReasons: readonly string[]
  cutOffs: readonly SlaCutOff[]
}

/** The calendar whose open hours count; null is around the clock. */
export type CountedCalendar = { id: string; name: string; version: number; rules: CalendarRules } | null

/** What of a ticket decides by which policy it is measured. */
export type Measured = {
  serviceId: string | null
  unitIds: readonly string[]
  kind: string
  environment: string
  priority: number
}

const conditions = (a: SlaAppliesTo, t: Measured): [string, boolean][] =>
  (
    [
      ['its service', a.serviceIds, t.serviceId !== null && a.serviceIds.includes(t.serviceId)],
      ['its business unit', a.businessUnitIds, a.businessUnitIds.some((unit) => t.unitIds.includes(unit))],
      [`kind ${t.kind}`, a.kinds, a.kinds.includes(t.kind as SlaAppliesTo['kinds'][number])],
      [
        `environment ${t.environment}`,
        a.environments,
        a.environments.includes(t.environment as SlaAppliesTo['environments'][number]),
      ],
      [`priority P${t.priority}`, a.priorities, a.priorities.includes(t.priority)],
    ] as const
  ).flatMap(([words, list, holds]) => (list.length === 0 ? [] : [[words, holds]]))

/**
 * The first policy, in their order, whose conditions all hold, else the default; and why. `policies` are in order, with
 * exactly one default among them.
 */
export const choosePolicy = <P extends { name: string; isDefault: boolean; appliesTo: SlaAppliesTo }>(
  policies: readonly P[],
  ticket: Measured,
): { policy: P; why: string } => {
  for (const policy of policies) {
    if (policy.isDefault) continue
    const asked = conditions(policy.appliesTo, ticket)
    if (asked.every(([, holds]) => holds)) {
      const because =
        asked.length === 0 ? 'it is for all tickets' : `because of ${asked.map(([words]) => words).join(', ')}`
      return { policy, why: `By the policy ${policy.name}, the first that fits: ${because}.` }
    }
  }
  const policy = policies.find((p) => p.isDefault)
  if (!policy) throw new RangeError('There is no default SLA policy.')
  const why =
    policies.length === 1 ? `By the policy ${policy.name}.` : `By the policy ${policy.name}, because no other fits.`
  return { policy, why }
}
