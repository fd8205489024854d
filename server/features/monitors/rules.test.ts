import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chartRanges } from '../../../contract/monitors/index.ts'
import { bucketSeconds, chartSeconds, MOST_POINTS } from './chart-rules.ts'
import { lastDays, shareOf } from './days-rules.ts'
import { summaryOf } from './signal.ts'
import { worst } from './time-in-states.ts'

const at = (text: string) => Temporal.Instant.from(text)

describe('the last days', () => {
  it('are whole days of the zone, the last until now, of 23 and 25 hours where the clock is changed', () => {
    const days = lastDays(at('2026-03-30T10:00:00Z'), 'Europe/London', 3)
    expect(days.map((d) => `${d.date} ${d.from} ${d.to}`)).toEqual([
      '2026-03-28 2026-03-28T00:00:00Z 2026-03-29T00:00:00Z',
      '2026-03-29 2026-03-29T00:00:00Z 2026-03-29T23:00:00Z',
      '2026-03-30 2026-03-29T23:00:00Z 2026-03-30T10:00:00Z',
    ])
  })

  it('follow each other without a hole in any zone', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        fc.constantFrom('Europe/London', 'Australia/Lord_Howe', 'Africa/Cairo', 'America/Havana', 'UTC'),
        (date, zone) => {
          const now = Temporal.Instant.fromEpochMilliseconds(date.getTime())
          const days = lastDays(now, zone, 90)
          expect(days.at(-1)?.to.equals(now)).toBe(true)
          for (const [i, d] of days.entries()) if (i > 0) expect(d.from.equals(days[i - 1]?.to ?? now)).toBe(true)
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe('uptime', () => {
  it.each([
    [[{ up: 90, down: 10 }], 90],
    [[{ up: 50, degraded: 40, down: 10, unknown: 500, unobserved: 900 }], 90],
    [[{ up: 99 }, { down: 1 }], 99],
    [[{ unobserved: 100, unknown: 5 }], null],
    [[], null],
  ])('of %j is %s %%', (times, percent) => expect(shareOf(times).percent).toBe(percent))

  it('tells what it left out', () => {
    expect(
      shareOf([
        { up: 1, unobserved: 5 },
        { unknown: 3, unobserved: 2 },
      ]),
    ).toEqual({ percent: 100, downMs: 0, blindMs: 3, unobservedMs: 7 })
  })

  it.each([
    [{ up: 10, down: 1 }, 'down'],
    [{ up: 10, unknown: 1, degraded: 1 }, 'degraded'],
    [{ up: 10, unobserved: 1 }, 'unobserved'],
    [{ up: 10 }, 'up'],
    [{ up: 10, down: 0 }, 'up'],
    [{}, 'none'],
  ])('a cell of %j shows %s', (times, state) => expect(worst(times)).toBe(state))
})

describe('buckets of a chart', () => {
  it('are at most 400, and none shorter than the interval', () => {
    for (const range of chartRanges)
      for (const interval of [5, 10, 15, 60, 90, 300, 3600, 86_400]) {
        const bucket = bucketSeconds(range, interval)
        expect(bucket).toBeGreaterThanOrEqual(interval)
        expect(chartSeconds[range] / bucket + 1).toBeLessThanOrEqual(MOST_POINTS)
      }
  })

  it.each([
    ['1h', 10, 10],
    ['1h', 60, 60],
    ['24h', 10, 300],
    ['7d', 10, 3600],
    ['90d', 10, 21_600],
  ] as const)('%s of a monitor every %i s: %i s', (range, interval, bucket) =>
    expect(bucketSeconds(range, interval)).toBe(bucket),
  )
})

describe('the words of a change', () => {
  const change = { why: '3 of 3 looks failed', message: 'connection refused (10.0.0.5:8080)', ms: 41.4 }
  it.each([
    [
      { ...change, state: 'down', from: 'up' },
      'Login is down: 3 of 3 looks failed, last: connection refused (10.0.0.5:8080)',
    ],
    [
      { ...change, state: 'degraded', from: 'up' },
      'Login is degraded: 3 of 3 looks failed, last: connection refused (10.0.0.5:8080)',
    ],
    [
      { ...change, state: 'unknown', from: 'up' },
      'Login cannot be looked at, which says nothing about it: 3 of 3 looks failed, last: connection refused (10.0.0.5:8080)',
    ],
    [{ state: 'up', from: 'down', why: '', message: 'HTTP 200 OK', ms: 41.4 }, 'Login is up again: HTTP 200 OK, 41 ms'],
    [{ state: 'up', from: null, why: '', message: 'HTTP 200 OK', ms: 41.4 }, 'Login is up: HTTP 200 OK, 41 ms'],
  ] as const)('%j', (given, words) => expect(summaryOf('Login', given)).toBe(words))
})
