import { describe, expect, it } from 'vitest'
import { clockChanges, offsetAt } from './clock-changes.ts'

const zones = [
  'Europe/London',
  'America/New_York',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Kathmandu',
]

describe('changes of the clocks', () => {
  it.each(zones)('of %s in two years are those that Temporal knows', (zone) => {
    const from = Temporal.Instant.from('2026-01-01T00:00Z')
    const to = Temporal.Instant.from('2028-01-01T00:00Z')
    const expected: [number, number][] = []
    let at = from.toZonedDateTimeISO(zone).getTimeZoneTransition('next')
    while (at && at.epochMilliseconds <= to.epochMilliseconds) {
      const before = at.subtract({ nanoseconds: 1 }).offsetNanoseconds
      expected.push([at.epochMilliseconds, (at.offsetNanoseconds - before) / 60e9])
      at = at.getTimeZoneTransition('next')
    }
    expect(clockChanges(zone, from.epochMilliseconds, to.epochMilliseconds).map((c) => [c.at, c.by])).toEqual(expected)
  })

  it('are found from a time in the middle of a minute as well', () => {
    const from = Date.parse('2026-10-24T12:34:56.789Z')
    expect(clockChanges('Europe/London', from, from + 86_400_000)).toEqual([
      { zone: 'Europe/London', at: Date.parse('2026-10-25T01:00Z'), by: -60 },
    ])
  })

  it('know how far ahead a zone is', () => {
    expect(offsetAt(Date.parse('2026-07-01T00:00:30Z'), 'Europe/London')).toBe(60)
    expect(offsetAt(Date.parse('2026-07-01T00:00Z'), 'Asia/Kathmandu')).toBe(345)
  })
})
