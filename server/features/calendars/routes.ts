import type { AnyRouter } from '@orpc/server'
import { calendars as calendarsContract } from '../../../contract/calendars/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { changeCalendar } from './change-calendar.ts'
import { createCalendar } from './create-calendar.ts'
import { decideFeed } from './feeds/decide-feed.ts'
import { readHolidayFeed } from './feeds/feed-view.ts'
import { followFeed, leaveFeed } from './feeds/follow-feed.ts'
import { addHolidays } from './holidays/add-holidays.ts'
import { proposeHolidays } from './holidays/propose-holidays.ts'
import { calendarTime, listCalendars, readCalendar } from './queries.ts'

export const calendarsRoutes: AnyRouter = handlers(calendarsContract, {
  list: read(listCalendars),
  read: read(readCalendar),
  time: read(calendarTime),
  create: act(createCalendar),
  change: act(changeCalendar),
  proposeHolidays: read(proposeHolidays),
  addHolidays: act(addHolidays),
  readFeed: read(readHolidayFeed),
  followFeed: act(followFeed),
  leaveFeed: act(leaveFeed),
  decideFeed: act(decideFeed),
})
