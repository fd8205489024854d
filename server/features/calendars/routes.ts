import { implement } from '@orpc/server'
import { calendars as calendarsContract } from '../../../contract/calendars/index.ts'
import { act, type RequestContext, read } from '../../platform/http/request.ts'
import { changeCalendar } from './change-calendar.ts'
import { createCalendar } from './create-calendar.ts'
import { calendarTime, listCalendars, readCalendar } from './queries.ts'

const os = implement(calendarsContract).$context<RequestContext>()

export const calendarsRoutes = os.router({
  list: os.list.handler(read(listCalendars)),
  read: os.read.handler(read(readCalendar)),
  time: os.time.handler(read(calendarTime)),
  create: os.create.handler(act(createCalendar)),
  change: os.change.handler(act(changeCalendar)),
})
