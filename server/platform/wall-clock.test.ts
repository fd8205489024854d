import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endAtWall, isKnownZone, parseClock, parseWall, startAtWall, wallAt, weekdayOf } from './wall-clock.ts'

const wall = (text: string) => parseWall(text) as number
const iso = (epochMs: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(epochMs)
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: 'never', smallestUnit: 'minute' })

describe('where the clock changes', () => {
  it.each([
    ['an ordinary time', 'Europe/London', '2026-07-01T09:00', '2026-07-01T09:00+01:00', '2026-07-01T09:00+01:00'],
    ['a skipped time', 'Europe/London', '2026-03-29T01:30', '2026-03-29T02:00+01:00', '2026-03-29T02:00+01:00'],
    ['a time shown twice', 'Europe/London', '2026-10-25T01:30', '2026-10-25T01:30+01:00', '2026-10-25T01:30+00:00'],
    [
      'the end of the repetition',
      'Europe/London',
      '2026-10-25T02:00',
      '2026-10-25T02:00+00:00',
      '2026-10-25T02:00+00:00',
    ],
    ['its very beginning', 'Europe/London', '2026-10-25T01:00', '2026-10-25T01:00+01:00', '2026-10-25T01:00+01:00'],
    [
      'half an hour skipped',
      'Australia/Lord_Howe',
      '2026-10-04T02:15',
      '2026-10-04T02:30+11:00',
      '2026-10-04T02:30+11:00',
    ],
    [
      'half an hour twice',
      'Australia/Lord_Howe',
      '2026-04-05T01:45',
      '2026-04-05T01:45+11:00',
      '2026-04-05T01:45+10:30',
    ],
    ['a skipped midnight', 'America/Santiago', '2026-09-06T00:00', '2026-09-06T01:00-03:00', '2026-09-06T01:00-03:00'],
    [
      'midnight after 23:00 twice',
      'America/Santiago',
      '2026-04-05T00:00',
      '2026-04-05T00:00-04:00',
      '2026-04-05T00:00-04:00',
    ],
    [
      'a midnight shown twice',
      'America/Havana',
      '2026-11-01T00:00',
      '2026-11-01T00:00-04:00',
      '2026-11-01T00:00-04:00',
    ],
    ['a skipped day', 'Pacific/Apia', '2011-12-30T12:00', '2011-12-31T00:00+14:00', '2011-12-31T00:00+14:00'],
  ])('%s in %s: %s begins %s, ends %s', (_name, zone, text, start, end) => {
    expect(iso(startAtWall(zone, wall(text)), zone)).toBe(start)
    expect(iso(endAtWall(zone, wall(text)), zone)).toBe(end)
  })

  it('agrees with Temporal in every zone, at every minute that exists', () => {
    const zones = Intl.supportedValuesOf('timeZone')
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: -36_000_000, max: 47_000_000 }), (zone, minute) => {
        const local = Temporal.PlainDateTime.from('1970-01-01T00:00').add({ minutes: minute })
        const [first, last] = (['earlier', 'later'] as const).map((disambiguation) =>
          local.toZonedDateTime(zone, { disambiguation }),
        ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime]
        fc.pre(
          first.toPlainDateTime().equals(local) && last.subtract('PT1M').toPlainDateTime().add('PT1M').equals(local),
        )
        expect(startAtWall(zone, minute * 60_000)).toBe(first.epochMilliseconds)
        expect(endAtWall(zone, minute * 60_000)).toBe(last.epochMilliseconds)
        expect(wallAt(zone, first.epochMilliseconds)).toBe(minute * 60_000)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('reading', () => {
  it.each([
    ['00:00', 0],
    ['09:30', 34_200_000],
    ['24:00', 86_400_000],
    ['24:01', null],
    ['9:30', null],
    ['12:60', null],
    ['', null],
  ])('clock %j is %j', (text, ms) => expect(parseClock(text)).toBe(ms))

  it.each([
    ['1970-01-02', 86_400_000],
    ['1970-01-01T01:00', 3_600_000],
    ['2026-02-30', null],
    ['2026-13-01', null],
    ['2026-01-01T25:00', null],
    ['2026-01-01T00:00Z', null],
    ['tomorrow', null],
  ])('date %j is %j', (text, ms) => expect(parseWall(text)).toBe(ms))

  it('knows weekdays on both sides of 1970', () => {
    for (const text of ['2026-03-29', '1970-01-01', '1969-12-29', '1900-02-28']) {
      expect(weekdayOf(wall(text) / 86_400_000)).toBe(Temporal.PlainDate.from(text).dayOfWeek)
    }
  })

  it('tells a zone from a misspelt one', () => {
    expect(isKnownZone('Europe/London')).toBe(true)
    expect(isKnownZone('Europe/Londom')).toBe(false)
    expect(() => wallAt('Mars/Olympus', 0)).toThrow(RangeError)
  })
})
