import { createCalendar } from '../../server/features/calendars/create-calendar.ts'
import { englandAndWales, type Holiday, japan, newYork } from './holidays.ts'
import { sites } from './people.ts'
import { each, type Tools } from './tools.ts'

const onDays = (days: readonly number[], from: string, to: string) => days.map((day) => ({ day, from, to }))
const weekdays = [1, 2, 3, 4, 5]

type Calendar = {
  name: string
  slug: string
  zone: string
  weekly: { day: number; from: string; to: string }[]
  provenance?: string
  validThrough?: string
  exceptions?: Holiday[]
}

/** When each site supports. */
export const calendars = {
  london: {
    name: 'London support',
    slug: 'london',
    zone: sites.london.zone,
    weekly: onDays(weekdays, '07:00', '19:00'),
    ...englandAndWales,
  },
  newYork: {
    name: 'New York support',
    slug: 'new-york',
    zone: sites.newYork.zone,
    weekly: onDays(weekdays, '07:00', '18:00'),
    ...newYork,
  },
  tokyo: {
    name: 'Tokyo support',
    slug: 'tokyo',
    zone: sites.tokyo.zone,
    weekly: onDays(weekdays, '08:00', '18:00'),
    ...japan,
  },
  always: {
    name: '24x7',
    slug: 'always',
    zone: sites.london.zone,
    weekly: onDays([...weekdays, 6, 7], '00:00', '24:00'),
  },
} satisfies Record<string, Calendar>
export type CalendarName = keyof typeof calendars

export const seedCalendars = ({ run }: Tools): Promise<Record<CalendarName, string>> =>
  each<CalendarName, Calendar, string>(calendars, async ({ exceptions = [], ...calendar }) => {
    const days = exceptions.map(({ date, name, open = [] }) => ({ date, name, open }))
    return (await run(createCalendar, { ...calendar, exceptions: days })).id
  })
