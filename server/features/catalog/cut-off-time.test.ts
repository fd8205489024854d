import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextCutOffAt } from './cut-off-time.ts'

const workdays = [1, 2, 3, 4, 5]
const at = (text: string) => Temporal.Instant.from(text)

describe('the next cut-off', () => {
  test.each([
    ['later today', '16:30', 'Europe/London', workdays, '2026-11-23T07:00:00Z', '2026-11-23T16:30:00Z'],
    ['now, when it is just now', '16:30', 'Europe/London', workdays, '2026-11-23T16:30:00Z', '2026-11-23T16:30:00Z'],
    ['tomorrow, when over', '16:30', 'Europe/London', workdays, '2026-11-23T16:30:01Z', '2026-11-24T16:30:00Z'],
    ['Monday, after Friday', '16:30', 'Europe/London', workdays, '2026-11-27T17:00:00Z', '2026-11-30T16:30:00Z'],
    ['a week later, when it has one day', '09:00', 'UTC', [1], '2026-11-23T09:00:01Z', '2026-11-30T09:00:00Z'],
    ['by the date of its own zone', '08:00', 'Asia/Tokyo', workdays, '2026-11-22T22:00:00Z', '2026-11-22T23:00:00Z'],
    [
      'moved on where the clock skips it',
      '01:30',
      'Europe/London',
      [7],
      '2026-03-28T12:00:00Z',
      '2026-03-29T01:30:00Z',
    ],
    [
      'moved on from the first minute that is skipped',
      '01:00',
      'Europe/London',
      [7],
      '2026-03-28T12:00:00Z',
      '2026-03-29T01:00:00Z',
    ],
    ['the first of two', '01:30', 'Europe/London', [7], '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z'],
    ['moved over midnight', '23:30', 'America/Nuuk', [6], '2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z'],
  ])('%s', (_, atTime, zone, days, now, expected) => {
    expect(String(nextCutOffAt({ atTime, zone, days }, at(now)))).toBe(expected)
  })

  test('does not exist without a day', () => {
    expect(nextCutOffAt({ atTime: '10:00', zone: 'UTC', days: [] }, at('2026-11-23T07:00:00Z'))).toBeNull()
  })
})

const rule = fc.record({
  atTime: fc
    .tuple(fc.nat(23), fc.nat(59))
    .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`),
  zone: fc.constantFrom(
    'Europe/London',
    'America/New_York',
    'Asia/Tokyo',
    'Australia/Lord_Howe',
    'America/Nuuk',
    'UTC',
  ),
  days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
})
const someTime = fc
  .integer({ min: Date.UTC(2024, 0), max: Date.UTC(2028, 0) })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms))

test('is at or after now, on one of its days or pushed off it by a gap, and no earlier one lies between', () => {
  fc.assert(
    fc.property(rule, someTime, fc.double({ min: 0, max: 1, noNaN: true }), (r, now, part) => {
      const next = nextCutOffAt(r, now)
      expect(next).not.toBeNull()
      if (!next) return
      expect(Temporal.Instant.compare(next, now)).toBeGreaterThanOrEqual(0)
      const local = next.toZonedDateTimeISO(r.zone)
      const asSet =
        local.toPlainTime().toString({ smallestUnit: 'minute' }) === r.atTime && r.days.includes(local.dayOfWeek)
      if (!asSet) {
        // What the first minute of a gap is pushed to is the very moment of the change, which is not before itself.
        const change = local.add({ minutes: 1 }).getTimeZoneTransition('previous')
        expect(change?.toPlainDate().until(local.toPlainDate()).days).toBeLessThan(2)
      }
      // From anywhere between now and then, the next one is the same.
      const between = now.epochMilliseconds + Math.floor((next.epochMilliseconds - now.epochMilliseconds) * part)
      expect(String(nextCutOffAt(r, Temporal.Instant.fromEpochMilliseconds(between)))).toBe(String(next))
    }),
  )
})
