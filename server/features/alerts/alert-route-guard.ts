import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { findPolicy } from '../oncall/index.ts'
import { problemOf } from './alert-route-condition.ts'
import type { Decision } from './alert-route-rules.ts'
import { requireOwnTeam } from './guard.ts'
import { refuseBadService } from './source-guard.ts'

/** Throws `invalid_input` for a condition that cannot be one, and for a route that decides nothing. */
export const requireRoute = async (ctx: Context, r: Decision & { condition: string }): Promise<void> => {
  requireCondition(r.condition)
  await refuseBadService(ctx, r.serviceId)
  await requireOwnTeam(ctx, r.teamId)
  if (r.policyId !== null && !(await findPolicy(ctx.db, r.policyId)))
    throw invalid('policyId', 'there is no such escalation policy; choose one from the list of policies.')
  const decides = [r.serviceId, r.teamId, r.environment, r.priority, r.policyId, r.opensIncident].some(
    (d) => d !== null,
  )
  if (!decides)
    throw invalid(
      'teamId',
      'the route decides nothing; choose a team, service, environment, priority, escalation policy or whether an incident is opened.',
    )
}

export const requireCondition = (condition: string): void => {
  const problem = problemOf(condition)
  if (problem) throw invalid('condition', problem)
}
