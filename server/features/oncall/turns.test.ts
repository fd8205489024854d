import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RotationPattern } from './schedule-rules.ts'
import { positionOf, turnsOf } from './turns.ts'

const pattern = (change: Partial<RotationPattern>): RotationPattern => ({
  kind: 'daily',
  every: 1,
  startsAt: '2026-01-01T09:00',
  participants: ['ann', 'ben', 'cem'],
  startPosition: 0,
  restrictions: [],
  ...change,
})
const instant = (text: string) => Temporal.Instant.from(text).epochMilliseconds

/** Every hand-over found by looking each five minutes from one instant to the other, with who comes on. */
function handovers(zone: string, rotation: RotationPattern, from: string, to: string): string[] {
  const turns = turnsOf(zone, rotation)
  const seen: string[] = []
  let last = turns.at(instant(from))
  for (let at = instant(from); at <= instant(to); at += 300_000) {
    const turn = turns.at(at)
    if (turn !== last) {
      const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
      const who = rotation.participants[positionOf(rotation, turn)]
      seen.push(`${local.toString({ timeZoneName: 'never', smallestUnit: 'minute' })} ${who}`)
    }
    last = turn
  }
  return seen
}

describe('hand-overs where the clock changes', () => {
  it.each<[string, string, Partial<RotationPattern>, string, string, string[]]>([
    [
      'Chicago forward, daily at a skipped time',
      'America/Chicago',
      { startsAt: '2026-03-01T02:30' },
      '2026-03-07T00:00Z',
      '2026-03-10T00:00Z',
      ['2026-03-07T02:30-06:00 ann', '2026-03-08T03:00-05:00 ben', '2026-03-09T02:30-05:00 cem'],
    ],
    [
      'Chicago forward, hourly: the skipped hour is nobody’s',
      'America/Chicago',
      { kind: 'hourly', startsAt: '2026-03-08T00:00' },
      '2026-03-08T05:30Z',
      '2026-03-08T10:30Z',
      [
        '2026-03-08T00:00-06:00 ann',
        '2026-03-08T01:00-06:00 ben',
        '2026-03-08T03:00-05:00 ann',
        '2026-03-08T04:00-05:00 ben',
        '2026-03-08T05:00-05:00 cem',
      ],
    ],
    [
      'Chicago back, hourly: the repeated hour belongs to the one who runs',
      'America/Chicago',
      { kind: 'hourly', startsAt: '2026-11-01T00:00' },
      '2026-11-01T04:30Z',
      '2026-11-01T09:30Z',
      [
        '2026-11-01T00:00-05:00 ann',
        '2026-11-01T01:00-05:00 ben',
        '2026-11-01T02:00-06:00 cem',
        '2026-11-01T03:00-06:00 ann',
      ],
    ],
    [
      'Chicago back, daily at a time shown twice',
      'America/Chicago',
      { startsAt: '2026-10-31T01:30' },
      '2026-10-31T00:00Z',
      '2026-11-03T00:00Z',
      ['2026-10-31T01:30-05:00 ann', '2026-11-01T01:30-05:00 ben', '2026-11-02T01:30-06:00 cem'],
    ],
    [
      'Lord Howe forward by half an hour',
      'Australia/Lord_Howe',
      { kind: 'hourly', startsAt: '2026-10-04T01:00' },
      '2026-10-03T14:00Z',
      '2026-10-03T17:10Z',
      [
        '2026-10-04T01:00+10:30 ann',
        '2026-10-04T02:30+11:00 ben',
        '2026-10-04T03:00+11:00 cem',
        '2026-10-04T04:00+11:00 ann',
      ],
    ],
    [
      'Lord Howe back by half an hour',
      'Australia/Lord_Howe',
      { kind: 'hourly', startsAt: '2026-04-05T01:00' },
      '2026-04-04T13:30Z',
      '2026-04-04T17:10Z',
      ['2026-04-05T01:00+11:00 ann', '2026-04-05T02:00+10:30 ben', '2026-04-05T03:00+10:30 cem'],
    ],
    [
      'London forward, every twelve hours',
      'Europe/London',
      { kind: 'hourly', every: 12, startsAt: '2026-03-28T08:00' },
      '2026-03-28T00:00Z',
      '2026-03-30T00:00Z',
      [
        '2026-03-28T08:00+00:00 ann',
        '2026-03-28T20:00+00:00 ben',
        '2026-03-29T08:00+01:00 cem',
        '2026-03-29T20:00+01:00 ann',
      ],
    ],
    [
      'London back, weekly at a time shown twice',
      'Europe/London',
      { kind: 'weekly', startsAt: '2026-10-18T01:30' },
      '2026-10-17T00:00Z',
      '2026-11-02T00:00Z',
      ['2026-10-18T01:30+01:00 ann', '2026-10-25T01:30+01:00 ben', '2026-11-01T01:30+00:00 cem'],
    ],
    [
      'Santiago, at a skipped midnight',
      'America/Santiago',
      { startsAt: '2026-09-05T00:00' },
      '2026-09-05T00:00Z',
      '2026-09-07T12:00Z',
      ['2026-09-05T00:00-04:00 ann', '2026-09-06T01:00-03:00 ben', '2026-09-07T00:00-03:00 cem'],
    ],
    [
      'Apia, over a skipped day',
      'Pacific/Apia',
      { startsAt: '2011-12-29T09:00' },
      '2011-12-29T12:00Z',
      '2011-12-31T20:00Z',
      [
        '2011-12-29T09:00-10:00 ann',
        '2011-12-31T00:00+14:00 ben',
        '2011-12-31T09:00+14:00 cem',
        '2012-01-01T09:00+14:00 ann',
      ],
    ],
    [
      'Chicago, monthly at a skipped time',
      'America/Chicago',
      { kind: 'monthly', startsAt: '2026-01-08T02:30' },
      '2026-01-08T00:00Z',
      '2026-04-09T00:00Z',
      [
        '2026-01-08T02:30-06:00 ann',
        '2026-02-08T02:30-06:00 ben',
        '2026-03-08T03:00-05:00 cem',
        '2026-04-08T02:30-05:00 ann',
      ],
    ],
  ])('%s', (_name, zone, change, from, to, expected) => {
    expect(handovers(zone, pattern(change), from, to)).toEqual(expected)
  })
})

describe('monthly turns', () => {
  const starts = (every: number, from: number, to: number) => {
    const turns = turnsOf('Europe/London', pattern({ kind: 'monthly', every, startsAt: '2027-01-31T09:00' }))
    const dates: string[] = []
    for (let turn = from; turn <= to; turn++) {
      const start = Temporal.Instant.fromEpochMilliseconds(turns.span(turn).from)
      dates.push(start.toZonedDateTimeISO('Europe/London').toPlainDate().toString())
    }
    return dates
  }
  it('go back to the 31st after a shorter month', () => {
    expect(starts(1, -2, 5)).toEqual([
      '2026-11-30',
      '2026-12-31',
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
      '2027-05-31',
      '2027-06-30',
    ])
    expect(starts(13, 0, 2)).toEqual(['2027-01-31', '2028-02-29', '2029-03-31'])
  })
})

describe('every turn', () => {
  const zones = ['Europe/London', 'America/Chicago', 'Australia/Lord_Howe', 'America/Santiago', 'Pacific/Apia', 'UTC']
  const kinds = ['hourly', 'daily', 'weekly', 'monthly'] as const
  // From 2005 to 2037.
  const anyInstant = fc.integer({ min: 1_104_537_600, max: 2_114_380_800 }).map((seconds) => seconds * 1000)
  const startsAt = fc
    .tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 1439 }))
    .map(([days, minutes]) =>
      Temporal.PlainDateTime.from('1990-01-01T00:00').add({ days, minutes }).toString().slice(0, 16),
    )

  it('holds the instant it is asked for, and ends where the next begins', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...kinds),
        fc.integer({ min: 1, max: 40 }),
        startsAt,
        anyInstant,
        (zone, kind, every, start, at) => {
          const turns = turnsOf(zone, pattern({ kind, every, startsAt: start }))
          const turn = turns.at(at)
          const { from, to } = turns.span(turn)
          expect(from).toBeLessThanOrEqual(at)
          expect(at).toBeLessThan(to)
          expect(turns.span(turn + 1).from).toBe(to)
          expect(turns.at(from)).toBe(turn)
          expect(turns.at(to - 1)).toBe(turn)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('of 24 hours is a day, of 7 days a week', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), startsAt, anyInstant, (zone, start, at) => {
        const turnAt = (kind: 'hourly' | 'daily' | 'weekly', every: number) =>
          turnsOf(zone, pattern({ kind, every, startsAt: start })).at(at)
        expect(turnAt('hourly', 24)).toBe(turnAt('daily', 1))
        expect(turnAt('daily', 7)).toBe(turnAt('weekly', 1))
      }),
    )
  })

  it('is refused when malformed, instead of searched for ever', () => {
    expect(() => turnsOf('UTC', pattern({ every: 0 }))).toThrow(/1 or more/)
    expect(() => turnsOf('UTC', pattern({ every: 1.5 }))).toThrow(/1 or more/)
    expect(() => turnsOf('UTC', pattern({ startsAt: '2026-02-30T09:00' }))).toThrow(/not a date and time/)
  })
})

it('positions go round in both directions', () => {
  const at = (turn: number) => positionOf(pattern({ startPosition: 1 }), turn)
  expect([-3, -2, -1, 0, 1, 2, 3].map(at)).toEqual([1, 2, 0, 1, 2, 0, 1])
  expect(positionOf(pattern({ participants: [] }), 4)).toBe(-1)
})
