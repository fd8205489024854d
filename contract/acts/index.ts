import type { z } from 'zod'
import { done, pageOf, pageQuery, route } from '../base.ts'
import * as inputs from './inputs.ts'
import * as shapes from './shapes.ts'

export * from './inputs.ts'
export * from './shapes.ts'
export * from './words.ts'

const tags = ['acts']

/** What people do about jobs: notes, marks for the next shift, and acts that their scheduler carries out. */
export const acts = {
  kinds: route
    .route({
      method: 'GET',
      path: '/scheduler-action-kinds',
      summary: 'Kinds of actions, with what their forms need',
      tags,
    })
    .output(shapes.actionKinds),
  listActions: route
    .route({ method: 'GET', path: '/scheduler-actions', summary: 'What schedulers may be told, by name', tags })
    .input(inputs.listActionsInput)
    .output(pageOf(shapes.action)),
  createAction: route
    .route({ method: 'POST', path: '/scheduler-actions', summary: 'Define an action', tags, successStatus: 201 })
    .input(inputs.createActionInput)
    .output(shapes.action),
  readAction: route
    .route({ method: 'GET', path: '/scheduler-actions/{id}', summary: 'An action', tags })
    .input(inputs.actionIdInput)
    .output(shapes.action),
  changeAction: route
    .route({ method: 'PATCH', path: '/scheduler-actions/{id}', summary: 'Change an action', tags })
    .input(inputs.changeActionInput)
    .output(shapes.action),
  deleteAction: route
    .route({
      method: 'DELETE',
      path: '/scheduler-actions/{id}',
      summary: 'Delete an action; what was done stays',
      tags,
    })
    .input(inputs.actionIdInput)
    .output(done),
  offers: route
    .route({
      method: 'GET',
      path: '/jobs/{id}/actions',
      summary: 'What its scheduler may be told about a job, exactly as it would be, and what hangs on it',
      tags,
    })
    .input(inputs.offersInput)
    .output(shapes.offers),
  actOnJob: route
    .route({
      method: 'POST',
      path: '/jobs/{id}/acts',
      summary: 'Let its scheduler re-run, hold, release or kill a job',
      tags,
      successStatus: 201,
    })
    .input(inputs.actOnJobInput)
    .output(shapes.jobAct),
  listActs: route
    .route({ method: 'GET', path: '/jobs/{id}/acts', summary: 'What was done to a job, newest first', tags })
    .input(inputs.listActsInput)
    .output(pageOf(shapes.jobAct)),
  note: route
    .route({
      method: 'POST',
      path: '/jobs/{id}/notes',
      summary: 'Note something on a job or a run; it stands in its open tickets as well',
      tags,
      successStatus: 201,
    })
    .input(inputs.noteInput)
    .output(done),
  handOver: route
    .route({ method: 'PUT', path: '/jobs/{id}/hand-over', summary: 'Mark it for the next shift', tags })
    .input(inputs.handOverInput)
    .output(shapes.handOverOf),
  endHandOver: route
    .route({ method: 'DELETE', path: '/jobs/{id}/hand-over', summary: 'Take that mark away', tags })
    .input(inputs.ofJobInput)
    .output(shapes.handOverOf),
  readHandOver: route
    .route({ method: 'GET', path: '/jobs/{id}/hand-over', summary: 'Its mark for the next shift', tags })
    .input(inputs.ofJobInput)
    .output(shapes.handOverOf),
  handOvers: route
    .route({ method: 'GET', path: '/job-hand-overs', summary: 'Jobs marked for the next shift, newest first', tags })
    .input(pageQuery)
    .output(pageOf(shapes.handOver)),
}

export type ActionKinds = z.output<typeof shapes.actionKinds>
