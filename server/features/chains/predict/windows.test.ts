import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { latestInside, nextOpening, openingsOf } from './windows.ts'

const time = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const said = (ms: number) => (Number.isFinite(ms) ? Temporal.Instant.fromEpochMilliseconds(ms).toString() : 'never')

describe('a window in which a job may start', () => {
  const night = { from: '22:00', to: '06:00' }
  it.each([
    ['before it opens', night, 'Europe/London', '2026-11-24', '2026-11-24T20:00Z', '2026-11-24T22:00:00Z'],
    ['inside, before midnight', night, 'Europe/London', '2026-11-24', '2026-11-24T23:00Z', '2026-11-24T23:00:00Z'],
    ['inside, after midnight', night, 'Europe/London', '2026-11-24', '2026-11-25T05:59Z', '2026-11-25T05:59:00Z'],
    ['when it has closed', night, 'Europe/London', '2026-11-24', '2026-11-25T06:00Z', '2026-11-25T22:00:00Z'],
    ['in summer', night, 'Europe/London', '2026-07-01', '2026-07-01T20:00Z', '2026-07-01T21:00:00Z'],
    [
      'on the night that is an hour shorter',
      night,
      'Europe/London',
      '2026-03-28',
      '2026-03-29T05:30Z',
      '2026-03-29T21:00:00Z',
    ],
    [
      'on the night that is an hour longer',
      night,
      'Europe/London',
      '2026-10-24',
      '2026-10-25T05:30Z',
      '2026-10-25T05:30:00Z',
    ],
    [
      'that opens in the hour that does not exist',
      { from: '01:30', to: '03:00' },
      'Europe/London',
      '2026-03-29',
      '2026-03-29T00:00Z',
      '2026-03-29T01:30:00Z',
    ],
    [
      'of a whole day',
      { from: '00:00', to: '00:00' },
      'UTC',
      '2026-11-24',
      '2026-11-24T13:00Z',
      '2026-11-24T13:00:00Z',
    ],
    ['far beyond its date', night, 'UTC', '2026-11-24', '2026-12-24T13:00Z', 'never'],
  ])('%s', (_, window, zone, date, at, opens) => {
    expect(said(nextOpening(openingsOf(window, zone, date), time(at)))).toBe(opens)
  })

  it('is told backwards as it is told forwards', () => {
    const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    const wall = clock.map((parts) => parts.map((p) => String(p).padStart(2, '0')).join(':'))
    const start = time('2026-11-24T00:00Z')
    fc.assert(
      fc.property(wall, wall, fc.integer({ min: 0, max: 2 * 86_400_000 }), (from, to, after) => {
        const openings = openingsOf({ from, to }, 'UTC', '2026-11-24')
        const by = start + after
        const latest = latestInside(openings, by)
        expect(latest).toBeLessThanOrEqual(by)
        if (!Number.isFinite(latest)) return
        expect(nextOpening(openings, latest)).toBeLessThanOrEqual(by)
        if (latest < by) expect(nextOpening(openings, latest + 1)).toBeGreaterThan(by)
      }),
    )
  })
})
