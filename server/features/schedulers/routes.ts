import type { AnyRouter } from '@orpc/server'
import { schedulers } from '../../../contract/schedulers/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { changeScheduler } from './change.ts'
import { createScheduler } from './create.ts'
import { deleteScheduler } from './delete.ts'
import { readEstimates } from './estimates.ts'
import { listKinds, listSchedulers, listStrangers, readOne } from './list.ts'
import { askNow, pauseScheduler, resumeScheduler } from './pause.ts'
import { testScheduler } from './test-scheduler.ts'

export const schedulersRoutes: AnyRouter = handlers(schedulers, {
  kinds: read(listKinds),
  list: read(listSchedulers),
  test: testScheduler,
  estimates: read(readEstimates),
  create: act(createScheduler),
  read: read(readOne),
  change: act(changeScheduler),
  delete: act(deleteScheduler),
  pause: act(pauseScheduler),
  resume: act(resumeScheduler),
  look: act(askNow),
  strangers: read(listStrangers),
})
