/**
 * Oncall gets a human. It owns schedules (who is on call when), escalation policies (whom to turn to, in which order),
 * and pages: the act of getting somebody for a subject, step by step until one person says "I have it". It promises
 * that no step is skipped, nobody is turned to twice for the same step, and that each decision can be explained from
 * what was stored at that moment: why me, why now, why nobody. How a person is reached is notify's business; what the
 * page is about is told by whoever engages it.
 */
import type { Feature } from '../../platform/registry-of-work.ts'
import { advancePage, renewPage } from './advance.ts'
import { policyDeclaration } from './declare-policy.ts'
import { scheduleDeclaration } from './declare-schedule.ts'
import { oncallEvents } from './events.ts'
import { addOverride, removeOverride } from './overrides.ts'
import { assignPolicy, changePolicy, createPolicy, unassignPolicy } from './policies.ts'
import { respondToPage } from './respond.ts'
import { changeSchedule, createSchedule } from './save-schedule.ts'

export { acknowledgeFor, giveBackFor } from './acknowledge.ts'
export { engage, updateBrief } from './engage.ts'
export { pageAcknowledged } from './events.ts'
export { finishPage } from './finish.ts'
export { pagesOf } from './page-queries.ts'
export { pagedNow } from './page-record.ts'
export { findPolicy } from './policy-queries.ts'
export { oncallRoutes } from './routes.ts'

export const oncall: Feature = {
  name: 'oncall',
  names: [
    { kind: 'schedule', table: 'schedules', column: 'name' },
    { kind: 'policy', table: 'escalation_policies', column: 'name' },
  ],
  verbs: [
    advancePage,
    renewPage,
    respondToPage,
    createSchedule,
    changeSchedule,
    addOverride,
    removeOverride,
    createPolicy,
    changePolicy,
    assignPolicy,
    unassignPolicy,
  ],
  events: oncallEvents,
  declarations: [scheduleDeclaration, policyDeclaration],
}
