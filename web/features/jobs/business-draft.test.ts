import { expect, test } from 'vitest'
import { type BusinessSchedule, businessSchedule } from '../../../contract/jobs/index.ts'
import { businessDraftOf, businessOf, businessProblems, newBusiness, timesIn } from './business-draft.ts'

const calendars = ['london', 'target2']
const days: BusinessSchedule['day'][] = [
  { on: 'each' },
  { on: 'holiday' },
  { on: 'nth', nth: -2, of: 'quarter' },
  { on: 'monthday', days: [15, -1], months: [6, 12], ifClosed: 'before' },
  { on: 'weekday', days: [1, 5], ifClosed: 'skip' },
  { on: 'dates', dates: ['2026-12-24', '2026-12-31'], ifClosed: 'anyway' },
]

test.each(days)('what is there is written back as it was: $on', (day) => {
  const schedule = businessSchedule.parse({
    kind: 'business',
    calendars,
    open: 'any',
    day,
    offsetDays: -1,
    times: ['06:30', '18:00'],
    zone: 'Europe/London',
  })
  const draft = businessDraftOf(schedule)
  expect(businessProblems(draft)).toEqual({})
  expect({ kind: 'business', ...businessOf(draft, 'Europe/London') }).toEqual(schedule)
})

test.each([
  [{}, 'schedule.calendars', /Choose the calendars/],
  [{ calendars, on: 'monthday', monthDays: ['32'] }, 'schedule.day.days', /1 to 31/],
  [{ calendars, on: 'monthday', monthDays: [] }, 'schedule.day.days', /1 to 31/],
  [{ calendars, on: 'weekday', weekdays: [] }, 'schedule.day.days', /at least one/],
  [{ calendars, on: 'dates', dates: '2026-12-24 24.12.' }, 'schedule.day.dates', /24\.12\. is no date/],
  [{ calendars, on: 'dates', dates: ' ' }, 'schedule.day.dates', /at least one date/],
  [{ calendars, times: ['25:00'] }, 'schedule.times', /25:00 is no time/],
  [{ calendars, times: [] }, 'schedule.times', /at least one/],
] as const)('%o is told at %s', (part, field, says) => {
  const draft = { ...newBusiness, ...part } as typeof newBusiness
  expect(businessProblems(draft)).toEqual({ [field]: expect.stringMatching(says) })
})

test('dates that are kept anyway need no calendar', () => {
  const draft = { ...newBusiness, on: 'dates', dates: '2026-12-24', ifClosed: 'anyway' } as typeof newBusiness
  expect(businessProblems(draft)).toEqual({})
  expect(businessProblems({ ...draft, offsetDays: -1 })).toHaveProperty(['schedule.calendars'])
})

test('times are read as people write them', () => {
  expect(timesIn(['6:30', '0630', '18.00', 'noon'])).toEqual(['06:30', '18:00', 'noon'])
})
