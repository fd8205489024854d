import { describe, expect, test } from 'vitest'
import { dayWords, type Market, marketWords, needWords } from './day.ts'

// A Thursday.
const at = (hour: number, minute = 0) => Date.UTC(2026, 10, 26, hour, minute)
const market = (name: string, zone: string, opens: number | null, closes: number | null, openNow = false): Market => ({
  name,
  zone,
  preview: { openNow, nextOpen: { at: opens }, nextClose: { at: closes } },
})
const london = market('London', 'Europe/London', at(8), at(16, 30))
const tokyo = market('Tokyo', 'Asia/Tokyo', null, at(6, 30), true)

describe('the day in words', () => {
  test.each([
    [at(7, 12), 'Europe/London', [london], 'Thursday, before the open'],
    [at(3), 'Europe/London', [london], 'Thursday night'],
    [at(7, 12), 'Europe/London', [], 'Thursday morning'],
    [at(7, 12), 'Asia/Tokyo', [london], 'Thursday afternoon'],
    [at(19), 'Europe/London', [], 'Thursday evening'],
    [at(23), 'Asia/Tokyo', [], 'Friday morning'],
  ])('%#', (now, zone, markets, words) => expect(dayWords(now, zone, markets)).toBe(words))
})

describe('what the markets do next', () => {
  test.each([
    [at(7, 12), [london], 'London opens in 48 min'],
    [at(6), [london, tokyo], 'Tokyo closes in 30 min'],
    [at(2), [tokyo], undefined],
    [at(18), [market('London', 'Europe/London', at(8) + 86_400_000 * 3, null)], undefined],
    [at(7), [], undefined],
  ])('%#', (now, markets, words) => expect(marketWords(now, markets)).toBe(words))
})

test.each([
  [0, 0, 'nothing needs anyone now'],
  [0, 1, 'nothing is urgent, 1 waits for somebody'],
  [0, 2, 'nothing is urgent, 2 wait for somebody'],
  [1, 4, '1 thing needs someone now'],
  [2, 0, '2 things need someone now'],
])('%i and %i', (count, waiting, words) => expect(needWords(count, waiting)).toBe(words))
