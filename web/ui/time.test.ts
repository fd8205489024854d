import { expect, test } from 'vitest'
import { absolute, clock, dateInWords, day, duration, exact, left, relative, span, stamp, zoneName } from './time.ts'

const now = Date.parse('2026-11-26T07:12:00Z')
const before = (seconds: number) => now - seconds * 1000

test.each([
  [38, '38 s', '38 s'],
  [59.9, '59 s', '59 s'],
  [28 * 60, '28 min', '28 min'],
  [72 * 60, '1 h 12', '1 h 12 min'],
  [69 * 60, '1 h 09', '1 h 09 min'],
  [2 * 3600, '2 h', '2 h'],
  [26 * 3600, '1 d 2 h', '1 d 2 h'],
  [48 * 3600, '2 d', '2 d'],
  [41 * 86_400 + 3600, '41 d', '41 d'],
])('%d s are %s', (seconds, short, long) => {
  expect(span(seconds * 1000)).toBe(short)
  expect(span(-seconds * 1000, 'long')).toBe(long)
})

test('what is over has a minus sign', () => {
  expect(left(before(240), now)).toBe('−4 min')
  expect(left(before(-28 * 60), now)).toBe('28 min')
})

test('relative times say in which direction', () => {
  expect(relative(before(12 * 60), now)).toBe('12 min ago')
  expect(relative(before(-12 * 60), now)).toBe('in 12 min')
  expect(relative(now + 400, now)).toBe('now')
})

test('a log tells events of one minute apart, and by which clock', () => {
  expect(exact('2026-11-26T07:12:04Z', 'Europe/London')).toBe('26 Nov 2026 07:12:04 GMT')
  expect(exact('2026-07-01T07:12:59.900Z', 'Europe/London')).toBe('1 Jul 2026 08:12:59 BST')
  expect(exact('2026-11-26T07:12:04Z', 'Asia/Kolkata')).toBe('26 Nov 2026 12:42:04 GMT+5:30')
})

test('a date is said so that day and month cannot be taken for each other', () => {
  expect(dateInWords('2026-12-01')).toBe('Tue 1 Dec 2026')
  expect(dateInWords('')).toBeUndefined()
  expect(dateInWords('2026-13-01')).toBeUndefined()
})

test('a stamp is as short as it is clear', () => {
  expect(stamp('2026-11-26T06:03:00Z', now, 'Europe/London')).toBe('06:03')
  expect(stamp('2026-11-24T02:10:00Z', now, 'Europe/London')).toBe('Tue 02:10')
  expect(stamp('2026-11-03T02:10:00Z', now, 'Europe/London')).toBe('3 Nov')
  expect(stamp('2025-11-03T02:10:00Z', now, 'Europe/London')).toBe('3 Nov 2025')
  expect(stamp('2026-11-03T02:10:00Z', now, 'Europe/London', true)).toBe('3 Nov 02:10')
  expect(stamp('2026-11-24T02:10:00Z', now, 'Europe/London', true)).toBe('Tue 02:10')
})

test('today is the day of the zone, not of UTC', () => {
  expect(stamp('2026-11-25T22:30:00Z', now, 'Asia/Tokyo')).toBe('07:30')
  expect(stamp('2026-11-25T22:30:00Z', now, 'Europe/London')).toBe('Wed 22:30')
})

test('midnight is 00:00 and the zone is named with its offset', () => {
  expect(clock('2026-11-26T00:00:00Z', 'Europe/London')).toBe('00:00')
  expect(day('2026-11-26T00:00:00Z', 'Europe/London')).toBe('Thu 26 Nov')
  expect(absolute('2026-07-01T11:00:04Z', 'America/New_York')).toBe('Wed 1 Jul 2026, 07:00:04 New York (GMT-4)')
  expect(zoneName('America/Argentina/Buenos_Aires')).toBe('Buenos Aires')
})

test.each([
  [1.234, '1.2 ms'],
  [41, '41 ms'],
  [1234, '1.2 s'],
  [60_000, '1 min'],
  [90_000, '1 min 30 s'],
  [4_320_000, '1 h 12 min'],
])('%d ms are %s', (ms, text) => {
  expect(duration(ms)).toBe(text)
})
