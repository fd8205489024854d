import type { AnyRouter } from '@orpc/server'
import { alerts as alertsContract } from '../../../contract/alerts/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { acknowledgeAlert, unacknowledgeAlert } from './acknowledge.ts'
import { countAlerts, getAlert, listAlerts } from './alert-queries.ts'
import { listAlertRoutes } from './alert-route-queries.ts'
import { alertsAround } from './alerts-around.ts'
import { changeAlertRoute } from './change-alert-route.ts'
import { changeMaintenance, endMaintenance } from './change-maintenance.ts'
import { changeSilence, endSilence } from './change-silence.ts'
import { changeSource, disableSource, enableSource } from './change-source.ts'
import { createAlertRoute } from './create-alert-route.ts'
import { createMaintenance } from './create-maintenance.ts'
import { createSilence, silenceAlert } from './create-silence.ts'
import { createSource } from './create-source.ts'
import { deleteAlertRoute } from './delete-alert-route.ts'
import { listHealth } from './health-query.ts'
import {
  getMaintenance,
  getSilence,
  listMaintenance,
  listSilences,
  previewMaintenance,
  previewSilence,
} from './hold-queries.ts'
import { moveAlertRoute } from './move-alert-route.ts'
import { showNoise } from './noise/noise-query.ts'
import { previewAlertRoute } from './preview-alert-route.ts'
import { replaySample } from './replay-sample.ts'
import { resolveAlert } from './resolve-by-hand.ts'
import { listSamples } from './samples.ts'
import { addSourceKey, revokeSourceKey } from './source-keys.ts'
import { getSource, listSourceKinds, listSources } from './source-queries.ts'
import { testSource } from './test-source.ts'

export const alertsRoutes: AnyRouter = handlers(alertsContract, {
  list: read(listAlerts),
  around: read(alertsAround),
  read: read(getAlert),
  acknowledge: act(acknowledgeAlert),
  unacknowledge: act(unacknowledgeAlert),
  resolve: act(resolveAlert),
  counts: read(countAlerts),
  noise: read(showNoise),
  routes: {
    list: read(listAlertRoutes),
    create: act(createAlertRoute),
    change: act(changeAlertRoute),
    move: act(moveAlertRoute),
    delete: act(deleteAlertRoute),
    preview: read(previewAlertRoute),
  },
  health: { list: read(listHealth) },
  silences: {
    list: read(listSilences),
    read: read(getSilence),
    create: act(createSilence),
    ofAlert: act(silenceAlert),
    preview: read(previewSilence),
    change: act(changeSilence),
    end: act(endSilence),
  },
  maintenance: {
    list: read(listMaintenance),
    read: read(getMaintenance),
    create: act(createMaintenance),
    preview: read(previewMaintenance),
    change: act(changeMaintenance),
    end: act(endMaintenance),
  },
  sources: {
    kinds: read(listSourceKinds),
    list: read(listSources),
    read: read(getSource),
    create: act(createSource),
    change: act(changeSource),
    disable: act(disableSource),
    enable: act(enableSource),
    addKey: act(addSourceKey),
    revokeKey: act(revokeSourceKey),
    samples: read(listSamples),
    test: act(testSource),
    replay: act(replaySample),
  },
})
