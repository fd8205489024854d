import { expect, test } from 'vitest'
import { coveredInWords, daysInWords, recurrenceInWords } from './maintenance-words.ts'

test.each([
  [[1, 2, 3, 4, 5, 6, 7], 'each day'],
  [[5, 4, 3, 2, 1], 'Mon to Fri'],
  [[6, 7], 'Sat and Sun'],
  [[2], 'Tue'],
  [[1, 3, 5], 'Mon, Wed and Fri'],
])('days %j are %s', (days, words) => {
  expect(daysInWords(days)).toBe(words)
})

test('a recurrence in words', () => {
  expect(recurrenceInWords({ weekdays: [6], from: '02:00', minutes: 90, zone: 'America/New_York' })).toBe(
    'Sat from 02:00 for 1 h 30, New York',
  )
})

test.each([
  [{ services: [], hosts: [], environments: ['uat'] }, 'everything in uat'],
  [{ services: [{ name: 'Settlement' }], hosts: ['a'], environments: [] }, 'Settlement, a'],
  [{ services: [], hosts: ['a', 'b', 'c', 'd'], environments: ['uat', 'test'] }, '4 hosts in uat, test'],
  [{ services: [], hosts: [], environments: [] }, 'nothing yet'],
])('%j covers %s', (window, words) => {
  expect(coveredInWords(window)).toBe(words)
})
