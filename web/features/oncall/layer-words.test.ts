import { expect, it } from 'vitest'
import { hoursWords, restrictionWords, turnWords, weekdayWords } from './layer-words.ts'

it.each([
  ['weekly', 1, 'every week on Monday at 07:00 London'],
  ['weekly', 2, 'every 2 weeks on Monday at 07:00 London'],
  ['daily', 1, 'every day at 07:00 London'],
  ['hourly', 12, 'every 12 hours counted from 07:00 London'],
  ['monthly', 1, 'every month on the 23rd at 07:00 London'],
] as const)('%s by %i', (kind, every, words) => {
  const turns = { kind, every, startsAt: '2026-11-23T07:00' }
  expect(turnWords(turns, 'Europe/London')).toBe(words)
})

it('days of the week', () => {
  expect([[1, 2, 3, 4, 5], [7, 6, 5, 4, 3, 2, 1], [6, 7], [1, 3, 5], [2]].map(weekdayWords)).toEqual([
    'Mon–Fri',
    'every day',
    'Sat and Sun',
    'Mon, Wed and Fri',
    'Tue',
  ])
})

it('hours, over midnight and until it', () => {
  const night = { weekdays: [5], from: '22:00', to: '06:00' }
  const day = { weekdays: [1], from: '00:00', to: '00:00' }
  expect([night, day, { ...night, to: '24:00' }].map(restrictionWords)).toEqual([
    'Fri 22:00–06:00 of the next day',
    'Mon 00:00–24:00',
    'Fri 22:00–24:00',
  ])
  expect([hoursWords([]), hoursWords([day])]).toEqual(['around the clock', 'Mon 00:00–24:00'])
})
