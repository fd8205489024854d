/**
 * Alerts: trouble seen by machines. Takes in what tools and our own monitors report (journal first, an answer only after
 * the commit), keeps one open alert for each thing that is wrong, routes it, opens an incident for it or adds it to one,
 * and ends both when it is over. Promises that nothing accepted is lost, that late, repeated and disordered reports leave
 * the same alerts, that a silence or a maintenance holds back the telling and never the watching or the ending, and that
 * each alert carries the reason of what was decided. Owns sources and their keys, journal, signals, alert keys, alerts,
 * silences, maintenance windows, routes and the health of services.
 */

import type { Feature } from '../../platform/registry-of-work.ts'
import { ticketMerged, ticketUnmerged } from '../desk/index.ts'
import { pageAcknowledged } from '../oncall/index.ts'
import { acknowledgeAlert, acknowledgeByPage, senderAcknowledged, unacknowledgeAlert } from './acknowledge.ts'
import { changeAlertRoute } from './change-alert-route.ts'
import { changeMaintenance, endMaintenance } from './change-maintenance.ts'
import { changeSilence, endSilence } from './change-silence.ts'
import { changeSource, disableSource, enableSource } from './change-source.ts'
import { createAlertRoute } from './create-alert-route.ts'
import { createMaintenance } from './create-maintenance.ts'
import { createSilence, silenceAlert } from './create-silence.ts'
import { createSource } from './create-source.ts'
import { alertRouteDeclaration } from './declare.ts'
import { alertSourceDeclaration } from './declare-source.ts'
import { deleteAlertRoute } from './delete-alert-route.ts'
import { alertEvents } from './events.ts'
import { expireAlerts } from './expire.ts'
import { applyFlip } from './flip.ts'
import { followMerge, followUnmerge } from './follow-merge.ts'
import { refreshHealth } from './health.ts'
import { mountIntake } from './intake.ts'
import { createIntakeDesk } from './intake-desk.ts'
import { mountDialects } from './intake-dialect.ts'
import { turnMaintenance } from './maintenance-turn.ts'
import { moveAlertRoute } from './move-alert-route.ts'
import { countHours } from './noise/count-hours.ts'
import { noteChangeSignal } from './note-change.ts'
import { observe } from './observe.ts'
import { alertsHealth } from './own-health.ts'
import { replaySample } from './replay-sample.ts'
import { resolveAlert } from './resolve-by-hand.ts'
import { settleTicket } from './settle-ticket.ts'
import { turnSilence } from './silence-turn.ts'
import { addSourceKey, revokeSourceKey } from './source-keys.ts'
import { sourceKinds } from './source-kinds.ts'
import { continueSweep } from './sweep.ts'
import { testSource } from './test-source.ts'

export { jobSource, monitorSource } from './built-in-sources.ts'
export { watchService } from './health.ts'
export { reportSignals } from './report-signals.ts'
export { alertsRoutes } from './routes.ts'
export type { Signal } from './signal.ts'
export { lastingBetween } from './window-times.ts'

export const alerts: Feature = {
  name: 'alerts',
  names: [
    { kind: 'alert', table: 'alerts', column: 'title' },
    { kind: 'source', table: 'sources', column: 'name' },
    { kind: 'health', table: 'services', column: 'name' },
  ],
  verbs: [
    applyFlip,
    settleTicket,
    refreshHealth,
    senderAcknowledged,
    noteChangeSignal,
    acknowledgeByPage,
    followMerge,
    followUnmerge,
    acknowledgeAlert,
    unacknowledgeAlert,
    resolveAlert,
    createSilence,
    silenceAlert,
    changeSilence,
    endSilence,
    turnSilence,
    createMaintenance,
    changeMaintenance,
    endMaintenance,
    turnMaintenance,
    continueSweep,
    createSource,
    changeSource,
    disableSource,
    enableSource,
    addSourceKey,
    revokeSourceKey,
    testSource,
    replaySample,
    createAlertRoute,
    changeAlertRoute,
    moveAlertRoute,
    deleteAlertRoute,
  ],
  events: alertEvents,
  declarations: [alertSourceDeclaration, alertRouteDeclaration],
  reactions: [
    { event: pageAcknowledged, verb: acknowledgeByPage },
    { event: ticketMerged, verb: followMerge },
    { event: ticketUnmerged, verb: followUnmerge },
  ],
  schedule: [observe, expireAlerts, countHours],
  health: alertsHealth,
  async intake(http, platform) {
    const desk = createIntakeDesk(platform)
    await mountIntake(http, desk, sourceKinds.values())
    await mountDialects(http, desk, sourceKinds.values())
  },
}
