import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, asDate, dateOf, daysFrom, mondayOf, positionAmong, weekdayOf } from './days.ts'

const hour = 3_600_000
const zones = ['Europe/London', 'America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe', 'America/Santiago'] as const
const dates = fc.integer({ min: 0, max: 5000 }).map((n) => addDays('2024-01-01', n))

describe('days of a zone', () => {
  it('follow each other without a gap, and begin and end when Temporal says', () => {
    fc.assert(
      fc.property(dates, fc.constantFrom(...zones), (date, zone) => {
        const days = daysFrom(date, 7, zone)
        for (const [i, day] of days.entries()) {
          const plain = Temporal.PlainDate.from(date).add({ days: i })
          expect(day.date).toBe(plain.toString())
          expect(day.start).toBe(plain.toZonedDateTime(zone).startOfDay().epochMilliseconds)
          expect(day.end).toBe(days[i + 1]?.start ?? day.end)
          expect(dateOf(day.start, zone)).toBe(day.date)
          expect(dateOf(day.end - 60_000, zone)).toBe(day.date)
        }
        expect(weekdayOf(date)).toBe(Temporal.PlainDate.from(date).dayOfWeek)
        expect(weekdayOf(mondayOf(date))).toBe(1)
        expect(mondayOf(date) <= date && date < addDays(mondayOf(date), 7)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('have the same width though one of them has an hour more', () => {
    const days = daysFrom('2026-10-24', 3, 'Europe/London')
    expect(days.map(({ start, end }) => (end - start) / hour)).toEqual([24, 25, 24])
    const at = (iso: string) => positionAmong(days, Date.parse(iso))
    expect(at('2026-10-23T23:00Z')).toBe(0)
    expect(at('2026-10-24T23:00Z')).toBe(1)
    expect(at('2026-10-25T11:30Z')).toBe(1.5)
    expect(at('2026-10-26T00:00Z')).toBe(2)
    expect(at('2026-10-20T00:00Z')).toBe(0)
    expect(at('2026-11-01T00:00Z')).toBe(3)
  })

  it('come out of an address only when they are days', () => {
    expect(['2026-11-23', '2026-02-30', '', 'today', '2026-1-1'].map(asDate)).toEqual([
      '2026-11-23',
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})
