import { expect, test } from 'vitest'
import { minutesOf, minutesWords } from './minutes.ts'

test.each([
  ['', null],
  ['–', null],
  ['15', 15],
  [' 15 min ', 15],
  ['4h', 240],
  ['4 hours', 240],
  ['1 h 30', 90],
  ['1.5 h', 90],
  ['0', undefined],
  ['soon', undefined],
  ['-5', undefined],
  ['99999999', undefined],
])('%j is %j', (text, minutes) => expect(minutesOf(text)).toBe(minutes))

test.each([1, 59, 60, 90, 1_440])('what %i min is written as is read as the same', (minutes) =>
  expect(minutesOf(minutesWords(minutes))).toBe(minutes),
)
