import { z } from 'zod'
import { done, pageOf, route } from '../base.ts'
import * as inputs from './inputs.ts'
import * as shapes from './shapes.ts'

export * from './can.ts'
export * from './inputs.ts'
export * from './shapes.ts'
export * from './words.ts'

const tags = ['schedulers']

/** Connections to schedulers, which are asked how the jobs run that were imported from them. */
export const schedulers = {
  kinds: route
    .route({
      method: 'GET',
      path: '/scheduler-kinds',
      summary: 'Kinds of schedulers, with what their forms need',
      tags,
    })
    .output(z.object({ items: z.array(shapes.schedulerKind) })),
  list: route
    .route({ method: 'GET', path: '/schedulers', summary: 'Connections to schedulers, by name', tags })
    .input(inputs.listSchedulersInput)
    .output(pageOf(shapes.schedulerRow)),
  test: route
    .route({ method: 'POST', path: '/schedulers/test', summary: 'Look once, without saving anything', tags })
    .input(inputs.testSchedulerInput)
    .output(shapes.schedulerTest),
  estimates: route
    .route({
      method: 'GET',
      path: '/schedulers/estimates',
      summary: 'By when the schedulers themselves expect these jobs to end',
      tags,
    })
    .input(inputs.estimatesInput)
    .output(z.object({ items: z.array(shapes.estimate) })),
  create: route
    .route({ method: 'POST', path: '/schedulers', summary: 'Connect a scheduler', tags, successStatus: 201 })
    .input(inputs.createSchedulerInput)
    .output(shapes.schedulerDetail),
  read: route
    .route({ method: 'GET', path: '/schedulers/{id}', summary: 'A connection', tags })
    .input(inputs.schedulerIdInput)
    .output(shapes.schedulerDetail),
  change: route
    .route({ method: 'PATCH', path: '/schedulers/{id}', summary: 'Change a connection', tags })
    .input(inputs.changeSchedulerInput)
    .output(shapes.schedulerDetail),
  delete: route
    .route({
      method: 'DELETE',
      path: '/schedulers/{id}',
      summary: 'End a connection; its jobs stay, and are judged by what they report themselves',
      tags,
    })
    .input(inputs.schedulerIdInput)
    .output(done),
  pause: route
    .route({ method: 'POST', path: '/schedulers/{id}/pause', summary: 'Ask it no more for the time being', tags })
    .input(inputs.schedulerIdInput)
    .output(shapes.schedulerDetail),
  resume: route
    .route({ method: 'DELETE', path: '/schedulers/{id}/pause', summary: 'Ask it again', tags })
    .input(inputs.schedulerIdInput)
    .output(shapes.schedulerDetail),
  look: route
    .route({ method: 'POST', path: '/schedulers/{id}/looks', summary: 'Ask it now', tags })
    .input(inputs.schedulerIdInput)
    .output(shapes.schedulerDetail),
  strangers: route
    .route({
      method: 'GET',
      path: '/schedulers/{id}/strangers',
      summary: 'Jobs that it has and that we have not, by name',
      tags,
    })
    .input(inputs.listStrangersInput)
    .output(pageOf(shapes.stranger)),
}
