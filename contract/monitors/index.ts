import { z } from 'zod'
import { done, pageOf, route } from '../base.ts'
import * as inputs from './inputs.ts'
import * as shapes from './shapes.ts'

export * from './can.ts'
export * from './detection.ts'
export * from './inputs.ts'
export * from './secrets.ts'
export * from './shapes.ts'
export * from './words.ts'

const tags = ['monitors']

/** Checks that repeat, with their states and what they saw. */
export const monitors = {
  kinds: route
    .route({ method: 'GET', path: '/monitor-kinds', summary: 'Kinds of checks, with what their forms need', tags })
    .output(z.object({ items: z.array(shapes.monitorKind) })),
  list: route
    .route({ method: 'GET', path: '/monitors', summary: 'Monitors, the worst first, then by name', tags })
    .input(inputs.listMonitorsInput)
    .output(
      pageOf(shapes.monitorRow).extend({
        stripFrom: shapes.monitorRow.shape.since,
        stripTo: shapes.monitorRow.shape.since,
      }),
    ),
  counts: route
    .route({ method: 'GET', path: '/monitors/counts', summary: 'How many monitors are in which state', tags })
    .output(shapes.monitorCounts),
  create: route
    .route({ method: 'POST', path: '/monitors', summary: 'Add a monitor', tags, successStatus: 201 })
    .input(inputs.createMonitorInput)
    .output(shapes.monitorDetail),
  try: route
    .route({ method: 'POST', path: '/monitors/trial', summary: 'Look once, without saving anything', tags })
    .input(inputs.tryMonitorInput)
    .output(shapes.seen),
  read: route
    .route({ method: 'GET', path: '/monitors/{id}', summary: 'A monitor', tags })
    .input(inputs.monitorIdInput)
    .output(shapes.monitorDetail),
  change: route
    .route({ method: 'PATCH', path: '/monitors/{id}', summary: 'Change a monitor', tags })
    .input(inputs.changeMonitorInput)
    .output(shapes.monitorDetail),
  delete: route
    .route({ method: 'DELETE', path: '/monitors/{id}', summary: 'Delete a monitor', tags })
    .input(inputs.monitorIdInput)
    .output(done),
  pause: route
    .route({ method: 'POST', path: '/monitors/{id}/pause', summary: 'Stop looking for the time being', tags })
    .input(inputs.monitorIdInput)
    .output(shapes.monitorDetail),
  resume: route
    .route({ method: 'DELETE', path: '/monitors/{id}/pause', summary: 'Look again', tags })
    .input(inputs.monitorIdInput)
    .output(shapes.monitorDetail),
  look: route
    .route({ method: 'POST', path: '/monitors/{id}/looks', summary: 'Look now, and keep the result', tags })
    .input(inputs.monitorIdInput)
    .output(shapes.looked),
  chart: route
    .route({
      method: 'GET',
      path: '/monitors/{id}/chart',
      summary: 'Response times and failures over a stretch of time',
      tags,
    })
    .input(inputs.chartInput)
    .output(shapes.chart),
  days: route
    .route({
      method: 'GET',
      path: '/monitors/{id}/days',
      summary: 'The last 90 days, a cell for each, and uptime',
      tags,
    })
    .input(inputs.daysInput)
    .output(shapes.days),
  changes: route
    .route({ method: 'GET', path: '/monitors/{id}/changes', summary: 'Changes of state, newest first', tags })
    .input(inputs.changesInput)
    .output(pageOf(shapes.monitorChange)),
}
