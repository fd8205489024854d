import { expect, test } from 'vitest'
import type { JobDayCounts } from '../../../../contract/jobs/index.ts'
import { stepOf } from './use-days.ts'
import { dateWords, markOf, monthWords, plusMonths, sayDay, weekdayOf } from './words.ts'

const day: JobDayCounts = {
  date: '2026-11-24',
  verdict: 'ok',
  runs: 1,
  failed: 0,
  running: 0,
  noted: {},
  more: false,
  expected: 1,
  moreExpected: false,
  next: null,
  holiday: null,
  closed: false,
  certain: true,
}

test.each<[Partial<JobDayCounts>, string, string]>([
  [{}, '1', 'ended well, 1 run, expected 1 time'],
  [
    { verdict: 'failed', runs: 3, failed: 2, noted: { late: 1 } },
    '✕2',
    'failed, 3 runs, 2 failed, started late 1, expected 1 time',
  ],
  [{ verdict: 'late', noted: { late: 1 } }, '▲', 'started late, 1 run, started late 1, expected 1 time'],
  [
    { runs: 201, more: true, expected: 50, moreExpected: true },
    '99+',
    'ended well, more than 201 runs, expected more than 50 times',
  ],
  [{ verdict: 'planned', runs: 0, next: '2026-11-24T22:00:00Z' }, '·', 'expected, expected 1 time, next 22:00'],
  [{ verdict: 'free', runs: 0, expected: 0, holiday: 'Founders', closed: true }, 'H', 'not expected, Founders'],
  [
    { verdict: 'nothing', runs: 0, certain: false },
    '?',
    'nothing is known of it, expected 1 time, the holidays are not known that far',
  ],
])('%j', (more, mark, said) => {
  expect([markOf({ ...day, ...more }), sayDay({ ...day, ...more }, 'UTC')]).toEqual([mark, said])
})

test('days and months are said and stepped through', () => {
  expect([weekdayOf('2026-11-29'), weekdayOf('2026-11-30')]).toEqual([7, 1])
  expect([dateWords('2026-11-24'), monthWords('2026-11')]).toEqual(['Tue 24 Nov', 'November 2026'])
  expect([plusMonths('2026-12', 1), plusMonths('2026-01', -1)]).toEqual(['2027-01', '2025-12'])
})

// A month that begins on a Sunday, a line a week: the first six places are empty.
test.each<[string, number, number | undefined]>([
  ['ArrowRight', 6, 7],
  ['ArrowDown', 6, 13],
  ['ArrowUp', 6, undefined],
  ['Home', 15, 14],
  ['End', 15, 20],
  ['End', 35, 35],
  ['ArrowRight', 35, undefined],
  ['Enter', 15, undefined],
])('%s on place %i leads to %s', (key, at, to) => expect(stepOf(key, at, 7, 36)).toBe(to))
