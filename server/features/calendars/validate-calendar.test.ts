import { expect, it } from 'vitest'
import type { CalendarRules } from './calendar-rules.ts'
import { validateCalendar } from './validate-calendar.ts'

const good: CalendarRules = {
  zone: 'Europe/London',
  weekly: [
    { day: 1, from: '08:00', to: '12:00' },
    { day: 1, from: '12:00', to: '24:00' },
  ],
  exceptions: [{ date: '2026-12-25', open: [], name: 'Christmas' }],
  validThrough: '2026-12-31',
}

it('has nothing to say about a good calendar', () => expect(validateCalendar(good)).toEqual([]))

const day = (from: string, to: string, n = 1) => ({ weekly: [{ day: n, from, to }] })
it.each<[Partial<CalendarRules>, string]>([
  [{ zone: 'Europe/Londom' }, 'Time zone: "Europe/Londom" is not known. Use a name such as Europe/London.'],
  [
    day('22:00', '06:00'),
    'Monday: 22:00–06:00 ends before it begins. Hours over midnight are two entries, until 24:00 and from 00:00.',
  ],
  [
    day('09:00', '09:00', 7),
    'Sunday: 09:00–09:00 ends before it begins. Hours over midnight are two entries, until 24:00 and from 00:00.',
  ],
  [day('9:00', '10:00'), 'Monday: "9:00" is not a time. Write it as HH:MM.'],
  [day('24:00', '24:00'), 'Monday: "24:00" is not a time. Write it as HH:MM.'],
  [day('09:00', '25:00'), 'Monday: "25:00" is not a time. Write it as HH:MM, or 24:00 for midnight.'],
  [day('09:00', '10:00', 8), 'Weekly hours: 8 is not a weekday. Use 1 (Monday) to 7 (Sunday).'],
  [day('09:00', '10:00', 0), 'Weekly hours: 0 is not a weekday. Use 1 (Monday) to 7 (Sunday).'],
  [
    { weekly: [...day('10:00', '12:00').weekly, ...day('09:00', '10:30').weekly] },
    'Monday: 09:00–10:30 and 10:00–12:00 overlap. Join them into one.',
  ],
  [{ weekly: [] }, 'The calendar is never open. Add weekly hours.'],
  [{ validThrough: '2026-02-30' }, 'Valid through: "2026-02-30" is not a date. Write it as YYYY-MM-DD.'],
  [
    { exceptions: [{ date: '25.12.2026', open: [], name: '' }] },
    'Exceptions: "25.12.2026" is not a date. Write it as YYYY-MM-DD.',
  ],
  [
    { exceptions: [...good.exceptions, { date: '2026-12-25', open: [], name: 'Xmas' }] },
    'Exceptions: 2026-12-25 is listed twice. Join both entries into one.',
  ],
  [
    { exceptions: [{ date: '2026-12-24', open: [{ from: '12:00', to: '08:00' }], name: '' }] },
    '2026-12-24: 12:00–08:00 ends before it begins. Hours over midnight are two entries, until 24:00 and from 00:00.',
  ],
])('%j', (change, sentence) => expect(validateCalendar({ ...good, ...change })).toEqual([sentence]))
