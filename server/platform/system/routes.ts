import { implement } from '@orpc/server'
import { system } from '../../../contract/system.ts'
import { type RequestContext, read } from '../http/request.ts'
import { listEvents, showHealth, showSchedule } from './queries.ts'

const os = implement(system).$context<RequestContext>()

export const systemRoutes = os.router({
  events: os.events.handler(read(listEvents)),
  schedule: os.schedule.handler(read(showSchedule)),
  health: os.health.handler(read(showHealth)),
})
