import { expect, test } from 'vitest'
import { costWords, cutOffTime, daysWords, impactWords } from './words.ts'

test.each([
  [[1, 2, 3, 4, 5], 'Mon–Fri'],
  [[5, 4, 3, 2, 1], 'Mon–Fri'],
  [[1, 2, 3, 4, 5, 6, 7], 'every day'],
  [[6, 7], 'Sat, Sun'],
  [[1, 3, 5], 'Mon, Wed, Fri'],
  [[2], 'Tue'],
])('%s is %s', (days, words) => expect(daysWords(days)).toBe(words))

const unit = (people: number | null) => ({ id: 'u', name: 'Desk', site: '', people })
const ref = { id: 's', name: 'Portal', kind: 'business' as const, tier: 2 }

test.each([
  [{ services: [], businessUnits: [] }, undefined],
  [{ services: [ref], businessUnits: [] }, '1 other service'],
  [
    { services: [ref, ref], businessUnits: [unit(37), unit(null)] },
    '2 other services and 2 business units (37 people)',
  ],
  [{ services: [], businessUnits: [unit(null)] }, '1 business unit'],
  [{ services: [], businessUnits: [unit(1)] }, '1 business unit (1 person)'],
])('impact %#', (impact, words) => expect(impactWords(impact)).toBe(words))

test('a cut-off has the name of its place, a cost its currency', () => {
  expect(cutOffTime({ atTime: '08:30', zone: 'America/New_York' })).toBe('08:30 New York')
  expect(costWords({ costPerHour: 400_000, currency: 'GBP' })).toBe('400,000 GBP an hour')
  expect(costWords({ costPerHour: null, currency: null })).toBeUndefined()
})
