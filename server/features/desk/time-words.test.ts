import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { counted, lengthWords, utcWords, wallWords } from './time-words.ts'

const MIN = 60_000
const at = (t: string) => Temporal.Instant.from(t)

describe('lengths', () => {
  it.each([
    [0, 'less than a minute'],
    [59_999, 'less than a minute'],
    [MIN, '1 min'],
    [33 * MIN + 59_999, '33 min'],
    [60 * MIN, '1 h'],
    [190 * MIN, '3 h 10 min'],
    [-190 * MIN, '3 h 10 min'],
    [24 * 60 * MIN, '1 d'],
    [52 * 60 * MIN, '2 d 4 h'],
  ])('%i ms is %s', (ms, words) => expect(lengthWords(ms)).toBe(words))

  test('longer never reads as shorter within the same unit', () => {
    const minutes = (words: string) => Number(/^(\d+) min$/.exec(words)?.[1] ?? Number.NaN)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 59 }), fc.integer({ min: 1, max: 59 }), (a, b) => {
        expect(minutes(lengthWords(a * MIN)) <= minutes(lengthWords(b * MIN))).toBe(a <= b)
      }),
    )
  })
})

describe('times of day', () => {
  it.each([
    ['2026-11-23T07:45:00Z', 'Europe/London', '07:45 London'],
    ['2026-11-24T07:45:00Z', 'Europe/London', 'Tue 24 Nov 07:45 London'],
    ['2026-11-23T13:30:00Z', 'America/New_York', '08:30 New York'],
    ['2026-11-23T22:30:00Z', 'Asia/Tokyo', 'Tue 24 Nov 07:30 Tokyo'],
    ['2026-11-23T09:00:00Z', 'UTC', '09:00 UTC'],
  ])('%s in %s', (when, zone, words) => expect(wallWords(at(when), zone, at('2026-11-23T07:12:00Z'))).toBe(words))

  it('shows UTC with its day', () => expect(utcWords(at('2026-11-23T07:31:59Z'))).toBe('23 Nov 2026 07:31 UTC'))
})

it('counts', () =>
  expect([counted(0, 'ticket'), counted(1, 'ticket'), counted(2, 'ticket')]).toEqual([
    '0 tickets',
    '1 ticket',
    '2 tickets',
  ]))
