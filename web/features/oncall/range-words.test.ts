import { expect, it } from 'vitest'
import { headWords, rangeWords, weekWords } from './range-words.ts'

it.each([
  ['2026-11-23', '2026-11-29', '23–29 November', '23–29 Nov'],
  ['2026-11-30', '2026-12-06', '30 November – 6 December', '30 Nov – 6 Dec'],
  ['2026-12-28', '2027-01-03', '28 December 2026 – 3 January 2027', '28 Dec – 3 Jan'],
  ['2026-05-01', '2026-05-01', 'Fri 1 May', 'Fri 1 May'],
])('%s to %s is %s', (first, last, words, short) => {
  expect(rangeWords(first, last)).toBe(words)
  expect(weekWords(first, last)).toBe(short)
  expect(headWords('2026-11-23')).toBe('Mon 23')
})
