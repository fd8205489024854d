/**
 * Calendars: weekly open hours in a time zone with exceptions (holidays, half days), of three kinds that are never
 * mixed, and the arithmetic of open time. Promises that a stored calendar is valid, and that what lies beyond its
 * known holidays is said to be not known. Owns the table `calendars`.
 */
import type { FeatureParts } from '../../platform/registry-of-work.ts'
import { changeCalendar } from './change-calendar.ts'
import { createCalendar } from './create-calendar.ts'
import { calendarDeclaration } from './declare.ts'
import { calendarChanged, calendarCreated } from './events.ts'

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
  verbs: [createCalendar, changeCalendar, addHolidays],
  events: [calendarCreated, calendarChanged],
  declarations: [calendarDeclaration],
}
