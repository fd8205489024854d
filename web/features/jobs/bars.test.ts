import { expect, test } from 'vitest'
import { heightsOf, summaryOf, usualWords } from './bars.ts'
import { lateWords, scheduleWords, seconds, sizeWords } from './words.ts'

const run = (outcome: 'success' | 'fail', ms: number | null, lateMs: number | null = 0) => ({ outcome, ms, lateMs })

test('the longest run is the highest, and none is too low to be seen', () => {
  expect(heightsOf([run('success', 100), run('success', 50), run('success', 0), run('success', null)])).toEqual([
    100, 57, 14, 50,
  ])
  expect(heightsOf([run('success', null)])).toEqual([60])
})

test('what the bars say in words', () => {
  expect(summaryOf([])).toBe('no runs yet')
  expect(summaryOf([run('success', 1, 120_000), run('success', 1), run('fail', 1)])).toBe(
    'ended well 2, failed 1 of 3 runs; 1 late; the last failed',
  )
})

test('what is usual of its runs, by those that ended well', () => {
  expect(usualWords([run('success', 60_000), run('success', 120_000), run('fail', 1)])).toBeUndefined()
  expect(usualWords([run('success', 60_000), run('success', 5_400_000), run('success', 120_000), run('fail', 1)])).toBe(
    'usually 2 min, at most 1 h 30',
  )
})

test('words', () => {
  expect(scheduleWords({ kind: 'cron', expression: '0 22 * * 1-5', zone: 'Europe/London' })).toBe(
    '0 22 * * 1-5 · London',
  )
  expect(scheduleWords({ kind: 'period', seconds: 300 })).toBe('every 5 min')
  expect([seconds(90), seconds(5400)]).toEqual(['1 min 30 s', '1 h 30 min'])
  expect([lateWords(null), lateWords(20_000), lateWords(2_460_000), lateWords(-120_000)]).toEqual([
    'not due',
    'on time',
    '41 min late',
    '2 min early',
  ])
  expect([sizeWords(900), sizeWords(12_300), sizeWords(100_400_000)]).toEqual(['900 B', '12 kB', '100.4 MB'])
})
