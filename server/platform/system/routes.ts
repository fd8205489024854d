import type { AnyRouter } from '@orpc/server'
import { system } from '../../../contract/system.ts'
import { verifyLog } from '../audit/verify.ts'
import { handlers } from '../http/handlers.ts'
import { read } from '../http/request.ts'
import { listEvents, showHealth, showSchedule } from './queries.ts'
import { showStorage } from './storage.ts'
import { showWork } from './work.ts'

export const systemRoutes: AnyRouter = handlers(system, {
  events: read(listEvents),
  verification: read(verifyLog),
  storage: read(showStorage),
  work: read(showWork),
  schedule: read(showSchedule),
  health: read(showHealth),
})
