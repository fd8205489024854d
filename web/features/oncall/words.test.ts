import { expect, it } from 'vitest'
import { lanesOf } from './lanes.ts'
import {
  afterWords,
  elsewhere,
  lengthWords,
  listWords,
  sentence,
  spanWords,
  timesWords,
  touchesNight,
} from './words.ts'

const at = (iso: string) => Date.parse(iso)
const london = 'Europe/London'

it.each([
  ['2026-11-28T07:00Z', '2026-11-28T15:00Z', 'Sat 28 Nov 07:00–15:00'],
  ['2026-11-28T18:00Z', '2026-11-29T00:00Z', 'Sat 28 Nov 18:00–24:00'],
  ['2026-11-28T22:00Z', '2026-11-29T06:00Z', 'Sat 28 Nov 22:00 – Sun 29 Nov 06:00'],
  ['2026-10-24T23:00Z', '2026-10-25T02:00Z', 'Sun 25 Oct 00:00–02:00'],
])('%s to %s is %s', (from, to, words) => expect(spanWords({ from: at(from), to: at(to) }, london)).toBe(words))

it.each([
  [0, '0 min'],
  [30, '30 min'],
  [60, '1 h'],
  [90, '1 h 30 min'],
  [1440, '1 d'],
  [1500, '1 d 1 h'],
  [10_080, '7 d'],
])('%i minutes are %s', (minutes, words) => expect(lengthWords(minutes * 60_000)).toBe(words))

it('small words', () => {
  expect([0, 5, 90].map(afterWords)).toEqual(['at once', '+ 5 min', '+ 1 h 30 min'])
  expect([0, 1, 2, 3].map(timesWords)).toEqual(['never', 'once', 'twice', '3 times'])
  expect([[], ['A'], ['A', 'B'], ['A', 'B', 'C']].map(listWords)).toEqual(['', 'A', 'A and B', 'A, B and C'])
  expect(['Dan R.', 'Dan'].map(sentence)).toEqual(['Dan R.', 'Dan.'])
})

it('what the clocks say elsewhere, and whether it is night there', () => {
  const saturday = { from: at('2026-11-28T07:00Z'), to: at('2026-11-28T15:00Z') }
  expect(elsewhere(saturday, 'Asia/Tokyo')).toBe('16:00–00:00 in Tokyo')
  expect(elsewhere({ ...saturday, to: at('2026-12-05T07:00Z') }, 'Asia/Tokyo')).toBe(
    'Sat 28 Nov 16:00 – Sat 5 Dec 16:00 in Tokyo',
  )
  expect([london, 'Asia/Tokyo', 'America/New_York'].map((zone) => touchesNight(saturday, zone))).toEqual([
    false,
    true,
    true,
  ])
})

it('bars at the same time lie under each other, others in the first free lane', () => {
  expect(lanesOf([])).toEqual([])
  expect(
    lanesOf([
      { from: 0, to: 5 },
      { from: 5, to: 9 },
    ]),
  ).toEqual([0, 0])
  expect(
    lanesOf([
      { from: 4, to: 6 },
      { from: 0, to: 5 },
      { from: 5, to: 9 },
      { from: 4, to: 5 },
    ]),
  ).toEqual([1, 0, 0, 2])
})
