/**
 * SLA: how soon. Policies (which tickets, targets by priority, whose open hours, what stops a clock), and the one pure
 * function from what happened to a ticket, a policy and a calendar to its clocks: first response, next update,
 * resolution, cut-offs, each with the sentences that derive it. Promises that the same facts give the same clocks
 * whenever and wherever they are computed. Who holds a ticket keeps its facts and its clocks, computes them anew when a
 * policy or a calendar changes, and records `sla.warned` and `sla.breached`. Owns the table sla_policies.
 */
import type { FeatureParts } from '../../platform/registry-of-work.ts'
import { unitDeleted } from '../catalog/index.ts'
import { changePolicy } from './change-policy.ts'
import { createPolicy } from './create-policy.ts'
import { slaPolicyDeclaration } from './declare-policy.ts'
import { deletePolicy } from './delete-policy.ts'
import { slaEvents } from './events.ts'
import { forgetUnit } from './forget-unit.ts'
import { slaHealth } from './health.ts'
import { movePolicy } from './move-policy.ts'

export { clocksOf, nextDue, type SlaClock } from './clocks.ts'
export {
  slaBreached,
  slaPolicyChanged,
  slaPolicyCreated,
  slaPolicyDeleted,
  slaPolicyMoved,
  slaWarned,
} from './events.ts'
export { type ClockFact, factsFromJson, factsToJson } from './facts.ts'
export { slaRoutes } from './routes.ts'
export { type Terms, termsFor, termsReader } from './terms.ts'
export { timeWords } from './words.ts'

export const sla: FeatureParts = {
  name: 'sla',
  verbs: [createPolicy, changePolicy, movePolicy, deletePolicy, forgetUnit],
  events: slaEvents,
  reactions: [{ event: unitDeleted, verb: forgetUnit }],
  health: slaHealth,
  declarations: [slaPolicyDeclaration],
}
