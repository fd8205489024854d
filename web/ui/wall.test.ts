import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantOfWall, isoOfWall, nextClock, wallOf } from './wall.ts'

const zones = ['UTC', 'Europe/London', 'America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe', 'Asia/Kathmandu']
const minutes = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2035, 0) / 60_000 })

test('a clock on a wall is the instant that Temporal finds, in every zone and also when clocks change', () => {
  fc.assert(
    fc.property(minutes, fc.constantFrom(...zones), (minute, zone) => {
      const wall = new Date(minute * 60_000).toISOString().slice(0, 16)
      const meant = Temporal.PlainDateTime.from(wall).toZonedDateTime(zone, { disambiguation: 'compatible' })
      expect(instantOfWall(wall, zone)).toBe(meant.epochMilliseconds)
      expect(wallOf(minute * 60_000, zone)).toBe(
        Temporal.Instant.fromEpochMilliseconds(minute * 60_000)
          .toZonedDateTimeISO(zone)
          .toPlainDateTime()
          .toString()
          .slice(0, 16),
      )
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['2026-03-29T01:30', 'Europe/London', '2026-03-29T01:30:00.000Z'],
  ['2026-10-25T01:30', 'Europe/London', '2026-10-25T00:30:00.000Z'],
  ['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45:00.000Z'],
])('%s in %s, when clocks change', (wall, zone, iso) => {
  expect(isoOfWall(wall, zone)).toBe(iso)
})

test('what is no time is none', () => {
  expect(instantOfWall('', 'UTC')).toBeUndefined()
  expect(instantOfWall('2026-13-45T07:00', 'UTC')).toBeUndefined()
})

test('the next morning is today before it, tomorrow after', () => {
  const at = (iso: string) => Date.parse(iso)
  expect(nextClock('08:00', at('2026-11-23T07:12:00Z'), 'Europe/London')).toBe(at('2026-11-23T08:00:00Z'))
  expect(nextClock('08:00', at('2026-11-23T08:00:00Z'), 'Europe/London')).toBe(at('2026-11-24T08:00:00Z'))
  expect(nextClock('08:00', at('2026-11-23T07:12:00Z'), 'Asia/Tokyo')).toBe(at('2026-11-23T23:00:00Z'))
})
