/**
 * Schedulers: connections to Airflow, Control-M and Kubernetes, which are asked how their jobs run. What they tell goes
 * the way of pings, so that verdicts, alerts and predictions follow. Promises that a run counts once, however often it is
 * told; that while a scheduler cannot be read none of its jobs is called missing, and people are told that it cannot; and
 * that its secrets are never shown again. Owns the connections, what they last said of themselves, the jobs that they
 * have and we have not, and by when they expect their services to end.
 */
import type { Feature } from '../../platform/registry-of-work.ts'
import { changeScheduler } from './change.ts'
import { SEALED_SCHEDULER } from './connection-config.ts'
import { createScheduler } from './create.ts'
import { schedulerDeclaration } from './declare.ts'
import { deleteScheduler } from './delete.ts'
import { schedulerEvents } from './events.ts'
import { schedulersHealth } from './health.ts'
import { lookAtScheduler } from './look.ts'
import { askNow, pauseScheduler, resumeScheduler } from './pause.ts'

export { schedulersRoutes } from './routes.ts'

export const schedulers: Feature = {
  name: 'schedulers',
  verbs: [createScheduler, changeScheduler, deleteScheduler, pauseScheduler, resumeScheduler, askNow],
  effects: [lookAtScheduler],
  events: schedulerEvents,
  declarations: [schedulerDeclaration],
  health: schedulersHealth,
  sealed: [{ table: 'schedulers', key: 'id', column: 'secrets', purpose: SEALED_SCHEDULER }],
}
