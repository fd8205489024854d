/**
 * Calendars: weekly open hours in a time zone with exceptions (holidays, half days), of three kinds that are never
 * mixed, and the arithmetic of open time. Promises that a stored calendar is valid, and that what lies beyond its
 * known holidays is said to be not known. Holidays may be read from an address each day; what that says is proposed, and
 * the last good copy stays. Owns the tables `calendars` and `holiday_feeds`.
 */
import type { FeatureParts } from '../../platform/registry-of-work.ts'
import { changeCalendar } from './change-calendar.ts'
import { createCalendar } from './create-calendar.ts'
import { calendarDeclaration } from './declare.ts'
import { calendarChanged, calendarCreated, feedEvents } from './events.ts'
import { decideFeed } from './feeds/decide-feed.ts'
import { SEALED_FEED } from './feeds/feed-rows.ts'
import { followFeed, leaveFeed } from './feeds/follow-feed.ts'
import { readFeed, readFeeds } from './feeds/read-feed.ts'
import { recountFeed } from './feeds/recount.ts'
import { calendarsHealth } from './health.ts'
import { addHolidays } from './holidays/add-holidays.ts'

export { addBusiness, businessElapsed } from './business-time.ts'
export type { CalendarRules } from './calendar-rules.ts'
export { calendarChanged } from './events.ts'
export { type OpenDays, openDaysOf } from './open-days.ts'
export { isOpen, nextOpen, openIntervals } from './open-hours.ts'
export { calendarsRoutes } from './routes.ts'
export { aroundTheClock, calendarOf, findCalendar, loadCalendar } from './stored-calendar.ts'

export const calendars: FeatureParts = {
  name: 'calendars',
  verbs: [createCalendar, changeCalendar, addHolidays, followFeed, leaveFeed, decideFeed],
  effects: [readFeed],
  events: [calendarCreated, calendarChanged, ...feedEvents],
  reactions: [{ event: calendarChanged, verb: recountFeed }],
  schedule: [readFeeds],
  sealed: [{ table: 'holiday_feeds', key: 'calendar_id', column: 'address', purpose: SEALED_FEED }],
  health: calendarsHealth,
  declarations: [calendarDeclaration],
}
