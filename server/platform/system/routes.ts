import { system } from '../../../contract/system.ts'
import { verifyLog } from '../audit/verify.ts'
import { handlers } from '../http/handlers.ts'
import { read } from '../http/request.ts'
import { listEvents, showHealth, showSchedule } from './queries.ts'

export const systemRoutes = handlers(system, {
  events: read(listEvents),
  verification: read(verifyLog),
  schedule: read(showSchedule),
  health: read(showHealth),
})
