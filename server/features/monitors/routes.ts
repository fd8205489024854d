import { implement } from '@orpc/server'
import { monitors } from '../../../contract/monitors/index.ts'
import { act, type RequestContext, read } from '../../platform/http/request.ts'
import { changeMonitor } from './change.ts'
import { changesOfMonitor } from './changes.ts'
import { chartMonitor } from './chart.ts'
import { createMonitor } from './create.ts'
import { daysOfMonitor } from './days.ts'
import { deleteMonitor } from './delete.ts'
import { countMonitors, listKinds, listMonitors } from './list.ts'
import { lookNow, tryMonitor } from './look-by-hand.ts'
import { pauseMonitor, resumeMonitor } from './pause.ts'
import { readMonitor } from './show.ts'

const os = implement(monitors).$context<RequestContext>()

export const monitorsRoutes = os.router({
  kinds: os.kinds.handler(read(listKinds)),
  list: os.list.handler(read(listMonitors)),
  counts: os.counts.handler(read(countMonitors)),
  create: os.create.handler(act(createMonitor)),
  try: os.try.handler(tryMonitor),
  read: os.read.handler(read(readMonitor)),
  change: os.change.handler(act(changeMonitor)),
  delete: os.delete.handler(act(deleteMonitor)),
  pause: os.pause.handler(act(pauseMonitor)),
  resume: os.resume.handler(act(resumeMonitor)),
  look: os.look.handler(lookNow),
  chart: os.chart.handler(read(chartMonitor)),
  days: os.days.handler(read(daysOfMonitor)),
  changes: os.changes.handler(read(changesOfMonitor)),
})
