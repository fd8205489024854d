/**
 * Acts: what people do about jobs. Notes, marks for the next shift, and acts that the scheduler of a job carries out:
 * re-run, hold, release, kill, each by an action that a lead or an administrator has defined, a program of an allow-list or
 * a call over HTTP. Promises that what is carried out is what was confirmed, that of each act a job has one at a time, that
 * it is done after the commit and never twice by itself, that what may have been done is said to be just that, that the
 * answer is kept as evidence on the job and in its open tickets, and that no secret of an action is told by any answer.
 * Owns actions, acts and marks.
 */
import type { Feature } from '../../platform/registry-of-work.ts'
import { actOnJob } from './act-on-job.ts'
import { SEALED_ACTION } from './action-rows.ts'
import { carryOut } from './carry-out.ts'
import { actionDeclaration } from './declare.ts'
import { changeAction, createAction, deleteAction } from './define-action.ts'
import { actEvents } from './events.ts'
import { endHandOver, handOverJob } from './hand-over.ts'
import { noteOnJob } from './note.ts'
import { forgetOutputs } from './tidy.ts'

export { actsRoutes } from './routes.ts'

export const acts: Feature = {
  name: 'acts',
  verbs: [createAction, changeAction, deleteAction, actOnJob, noteOnJob, handOverJob, endHandOver],
  effects: [carryOut],
  events: actEvents,
  declarations: [actionDeclaration],
  schedule: [forgetOutputs],
  sealed: [{ table: 'scheduler_actions', key: 'id', column: 'secrets', purpose: SEALED_ACTION }],
}
