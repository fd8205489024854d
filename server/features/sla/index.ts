/**
 * SLA: how soon. Targets by priority (first response, resolution), each counted in the service's support calendar or
 * around the clock, and the due times that follow. Promises that a due time is a pure function of policy, calendar and
 * start, and comes with the sentences that derive it; who holds a clock keeps it and computes it anew when a policy or
 * a calendar changes. Owns the table sla_policies.
 */
import type { FeatureParts } from '../../platform/registry-of-work.ts'
import { changeTargets } from './change-targets.ts'
import { slaTargetsChanged } from './events.ts'

export { dueTimes } from './due-times.ts'
export { slaRoutes } from './routes.ts'

export const sla: FeatureParts = { name: 'sla', verbs: [changeTargets], events: [slaTargetsChanged] }
