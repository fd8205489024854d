/**
 * Monitors: checks that repeat, and the state that follows from what they saw. Promises that each monitor is looked at by
 * one process at a time and in its rhythm, also when a process dies; that a state is decided in the database from looks
 * that are committed, and each change of it is reported once, however late; that trouble of our own (network, database,
 * a process that stood still) never reads as a target's; that time in which nobody looked is recorded as such; and that
 * secrets of a config are never shown again. Owns monitors, their states, spans and results, and the leases on shards.
 */
import type { Feature } from '../../platform/registry-of-work.ts'
import { changeMonitor } from './change.ts'
import { SEALED_CONFIG } from './config.ts'
import { createMonitor } from './create.ts'
import { monitorDeclaration } from './declare.ts'
import { deleteMonitor } from './delete.ts'
import { monitorEvents } from './events.ts'
import { flipMonitor } from './flip.ts'
import { monitorsHealth } from './health.ts'
import { recordLook } from './look-by-hand.ts'
import { pauseMonitor, resumeMonitor } from './pause.ts'
import { rollUp, sweepSpans } from './rollup.ts'
import { startRunner } from './runner.ts'

export { changedConfig, maskConfig, openConfig, parseConfig, reopenConfig, sealSecrets } from './config.ts'
export { createCrowd } from './crowd.ts'
export { requireCovered, requireOwnTeam, requireService } from './guard.ts'
export { monitorsRoutes } from './routes.ts'
export { createMonitor }

export const monitors: Feature = {
  name: 'monitors',
  names: [{ kind: 'monitor', table: 'monitors', column: 'name' }],
  verbs: [createMonitor, changeMonitor, deleteMonitor, pauseMonitor, resumeMonitor, recordLook, flipMonitor],
  events: monitorEvents,
  declarations: [monitorDeclaration],
  schedule: [rollUp, sweepSpans],
  health: monitorsHealth,
  sealed: [{ table: 'monitors', key: 'id', column: 'secrets', purpose: SEALED_CONFIG }],
  start: startRunner,
}
