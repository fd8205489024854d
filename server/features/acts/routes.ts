import type { AnyRouter } from '@orpc/server'
import { acts } from '../../../contract/acts/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { actOnJob } from './act-on-job.ts'
import { changeAction, createAction, deleteAction } from './define-action.ts'
import { endHandOver, handOverJob, listHandOvers, readHandOver } from './hand-over.ts'
import { listActionKinds, listActions, readAction } from './list-actions.ts'
import { noteOnJob } from './note.ts'
import { listActs, offersOf } from './offers.ts'

export const actsRoutes: AnyRouter = handlers(acts, {
  kinds: read(listActionKinds),
  listActions: read(listActions),
  createAction: act(createAction),
  readAction: read(readAction),
  changeAction: act(changeAction),
  deleteAction: act(deleteAction),
  offers: read(offersOf),
  actOnJob: act(actOnJob),
  listActs: read(listActs),
  note: act(noteOnJob),
  handOver: act(handOverJob),
  endHandOver: act(endHandOver),
  readHandOver: read(readHandOver),
  handOvers: read(listHandOvers),
})
