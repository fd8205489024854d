import type { AnyRouter } from '@orpc/server'
import { monitors } from '../../../contract/monitors/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
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

export const monitorsRoutes: AnyRouter = handlers(monitors, {
  kinds: read(listKinds),
  list: read(listMonitors),
  counts: read(countMonitors),
  create: act(createMonitor),
  try: tryMonitor,
  read: read(readMonitor),
  change: act(changeMonitor),
  delete: act(deleteMonitor),
  pause: act(pauseMonitor),
  resume: act(resumeMonitor),
  look: lookNow,
  chart: read(chartMonitor),
  days: read(daysOfMonitor),
  changes: read(changesOfMonitor),
})
