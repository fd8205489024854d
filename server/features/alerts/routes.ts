import { implement } from '@orpc/server'
import { alerts as alertsContract } from '../../../contract/alerts/index.ts'
import { act, type RequestContext, read } from '../../platform/http/request.ts'
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

const os = implement(alertsContract).$context<RequestContext>()

export const alertsRoutes = os.router({
  list: os.list.handler(read(listAlerts)),
  around: os.around.handler(read(alertsAround)),
  read: os.read.handler(read(getAlert)),
  acknowledge: os.acknowledge.handler(act(acknowledgeAlert)),
  unacknowledge: os.unacknowledge.handler(act(unacknowledgeAlert)),
  resolve: os.resolve.handler(act(resolveAlert)),
  counts: os.counts.handler(read(countAlerts)),
  noise: os.noise.handler(read(showNoise)),
  routes: {
    list: os.routes.list.handler(read(listAlertRoutes)),
    create: os.routes.create.handler(act(createAlertRoute)),
    change: os.routes.change.handler(act(changeAlertRoute)),
    move: os.routes.move.handler(act(moveAlertRoute)),
    delete: os.routes.delete.handler(act(deleteAlertRoute)),
    preview: os.routes.preview.handler(read(previewAlertRoute)),
  },
  health: { list: os.health.list.handler(read(listHealth)) },
  silences: {
    list: os.silences.list.handler(read(listSilences)),
    read: os.silences.read.handler(read(getSilence)),
    create: os.silences.create.handler(act(createSilence)),
    ofAlert: os.silences.ofAlert.handler(act(silenceAlert)),
    preview: os.silences.preview.handler(read(previewSilence)),
    change: os.silences.change.handler(act(changeSilence)),
    end: os.silences.end.handler(act(endSilence)),
  },
  maintenance: {
    list: os.maintenance.list.handler(read(listMaintenance)),
    read: os.maintenance.read.handler(read(getMaintenance)),
    create: os.maintenance.create.handler(act(createMaintenance)),
    preview: os.maintenance.preview.handler(read(previewMaintenance)),
    change: os.maintenance.change.handler(act(changeMaintenance)),
    end: os.maintenance.end.handler(act(endMaintenance)),
  },
  sources: {
    kinds: os.sources.kinds.handler(read(listSourceKinds)),
    list: os.sources.list.handler(read(listSources)),
    read: os.sources.read.handler(read(getSource)),
    create: os.sources.create.handler(act(createSource)),
    change: os.sources.change.handler(act(changeSource)),
    disable: os.sources.disable.handler(act(disableSource)),
    enable: os.sources.enable.handler(act(enableSource)),
    addKey: os.sources.addKey.handler(act(addSourceKey)),
    revokeKey: os.sources.revokeKey.handler(act(revokeSourceKey)),
    samples: os.sources.samples.handler(read(listSamples)),
    test: os.sources.test.handler(act(testSource)),
    replay: os.sources.replay.handler(act(replaySample)),
  },
})
