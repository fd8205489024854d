import { describe, expect, it } from 'vitest'
import { restrictedSpans } from './restriction.ts'
import type { Restriction } from './schedule-rules.ts'

const spans = (zone: string, restrictions: Restriction[], from: string, to: string) => {
  const [start, end] = [Temporal.Instant.from(from).epochMilliseconds, Temporal.Instant.from(to).epochMilliseconds]
  const local = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms)
      .toZonedDateTimeISO(zone)
      .toString({ timeZoneName: 'never', smallestUnit: 'minute' })
  return restrictedSpans(zone, restrictions, start, end)
    .filter((span) => span.from < end && span.to > start)
    .map((span) => `${local(span.from)} – ${local(span.to)}`)
}
const night = { weekdays: [5, 6], from: '22:00', to: '06:00' }
const everyDay = [1, 2, 3, 4, 5, 6, 7]

describe('restrictions', () => {
  it.each<[string, string, Restriction[], string, string, string[]]>([
    [
      'over midnight belong to the day they begin on',
      'Europe/London',
      [night],
      '2026-06-05T00:00Z',
      '2026-06-08T12:00Z',
      ['2026-06-05T22:00+01:00 – 2026-06-06T06:00+01:00', '2026-06-06T22:00+01:00 – 2026-06-07T06:00+01:00'],
    ],
    [
      'that began the day before still hold',
      'Europe/London',
      [night],
      '2026-06-07T03:00Z',
      '2026-06-07T04:00Z',
      ['2026-06-06T22:00+01:00 – 2026-06-07T06:00+01:00'],
    ],
    [
      'of a whole day touch and join',
      'Europe/London',
      [{ weekdays: [6, 7], from: '09:00', to: '09:00' }],
      '2026-06-05T00:00Z',
      '2026-06-09T00:00Z',
      ['2026-06-06T09:00+01:00 – 2026-06-08T09:00+01:00'],
    ],
    [
      'that overlap are joined',
      'UTC',
      [
        { weekdays: [1], from: '08:00', to: '12:00' },
        { weekdays: [1], from: '10:00', to: '24:00' },
      ],
      '2026-06-01T00:00Z',
      '2026-06-03T00:00Z',
      ['2026-06-01T08:00+00:00 – 2026-06-02T00:00+00:00'],
    ],
    [
      'skipped whole by the clock are none',
      'Europe/London',
      [{ weekdays: [7], from: '01:10', to: '01:50' }],
      '2026-03-28T00:00Z',
      '2026-03-30T00:00Z',
      [],
    ],
    [
      'that end at a skipped time end after the gap',
      'America/Chicago',
      [{ weekdays: everyDay, from: '22:00', to: '02:30' }],
      '2026-03-08T00:00Z',
      '2026-03-08T12:00Z',
      ['2026-03-07T22:00-06:00 – 2026-03-08T03:00-05:00'],
    ],
    [
      'shown twice begin the first and end the last time',
      'Australia/Lord_Howe',
      [{ weekdays: [7], from: '01:35', to: '01:45' }],
      '2026-04-04T00:00Z',
      '2026-04-06T00:00Z',
      ['2026-04-05T01:35+11:00 – 2026-04-05T01:45+10:30'],
    ],
    [
      'at a skipped midnight begin after the gap',
      'America/Santiago',
      [{ weekdays: [7], from: '00:00', to: '08:00' }],
      '2026-09-05T12:00Z',
      '2026-09-07T00:00Z',
      ['2026-09-06T01:00-03:00 – 2026-09-06T08:00-03:00'],
    ],
  ])('%s', (_name, zone, restrictions, from, to, expected) => {
    expect(spans(zone, restrictions, from, to)).toEqual(expected)
  })

  it('are refused when a time does not exist', () => {
    expect(() => restrictedSpans('UTC', [{ weekdays: [1], from: '25:00', to: '06:00' }], 0, 1)).toThrow(
      /does not exist/,
    )
  })
})
