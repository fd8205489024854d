import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type JobSchedule, jobSchedule } from '../../../../contract/jobs/schedule.ts'
import { readSchedule } from '../../jobs/index.ts'
import { DAY } from './days.ts'
import { onDays, weekly, weeklyBut } from './expressions.ts'

/** Schedules out of days and times, compared with the days and times one by one. In UTC, where no clock is changed. */

const from = Date.UTC(2026, 10, 23)
const span = 500
const days = fc
  .uniqueArray(fc.integer({ min: 0, max: span }), { minLength: 1, maxLength: 60 })
  .map((all) => all.sort((a, b) => a - b).map((at) => from + at * DAY))
const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 1_439 }), { minLength: 1, maxLength: 3 })
const week = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }).map((all) => new Set(all))

const instants = (dates: readonly number[], of: readonly number[], until: number): number[] =>
  dates
    .flatMap((day) => of.map((minute) => day + minute * 60_000))
    .filter((at) => at < until)
    .sort((a, b) => a - b)
const firesOf = (schedule: JobSchedule, until: number): number[] => {
  expect(jobSchedule.safeParse(schedule).error?.issues).toBeUndefined()
  const after = readSchedule(schedule)
  const found: number[] = []
  for (let at = after(from - 1); at !== null && at < until; at = after(at)) found.push(at)
  return found
}
const weekdayAt = (day: number) => Temporal.Instant.fromEpochMilliseconds(day).toZonedDateTimeISO('UTC').dayOfWeek

describe('a schedule', () => {
  it('of dates has those dates and no others, as far as it goes', () => {
    fc.assert(
      fc.property(days, minutes, (dates, of) => {
        const dated = onDays(dates, of, 'UTC', from)
        if (!dated) throw new Error('There is none.')
        const until = dated.until === null ? Number.MAX_SAFE_INTEGER : dated.until + DAY
        expect(firesOf(dated.schedule, until)).toEqual(instants(dates, of, until))
        // What does not fit is said, never silently lost.
        if (dated.until === null)
          expect(firesOf(dated.schedule, Number.MAX_SAFE_INTEGER).length).toBe(dates.length * of.length)
      }),
      { numRuns: 25 },
    )
  })

  it('of days of the week has all of them', () => {
    fc.assert(
      fc.property(week, minutes, (of, at) => {
        const schedule = weekly(of, at, 'UTC')
        if (!schedule) throw new Error('There is none.')
        const all = Array.from({ length: 30 }, (_, n) => from + n * DAY).filter((day) => of.has(weekdayAt(day)))
        expect(firesOf(schedule, from + 30 * DAY)).toEqual(instants(all, at, from + 30 * DAY))
      }),
      { numRuns: 25 },
    )
  })

  it('of days of the week but for others leaves out those, and goes on after them', () => {
    fc.assert(
      fc.property(week, days, minutes, (of, except, at) => {
        const dated = weeklyBut(of, except, at, 'UTC', from)
        if (!dated) return expect(except.length * of.size).toBe(0)
        const until = dated.until === null ? from + (span + 400) * DAY : dated.until + DAY
        const all = Array.from({ length: Math.ceil((until - from) / DAY) }, (_, n) => from + n * DAY)
        const meant = all.filter((day) => of.has(weekdayAt(day)) && !except.includes(day))
        expect(firesOf(dated.schedule, until)).toEqual(instants(meant, at, until))
        // Beyond what it holds it goes by the week alone.
        expect(readSchedule(dated.schedule)(Date.UTC(2100, 0, 1))).not.toBeNull()
      }),
      { numRuns: 25 },
    )
  })

  it('keeps to what a schedule may be long, with the days of two years of trading', () => {
    const holidays = [Date.UTC(2026, 11, 25), Date.UTC(2027, 2, 26), Date.UTC(2027, 4, 3), Date.UTC(2028, 3, 14)]
    const trading = Array.from({ length: 900 }, (_, n) => from + n * DAY).filter(
      (day) => weekdayAt(day) < 6 && !holidays.includes(day),
    )
    const dated = onDays(trading, [1_320], 'Europe/London', from)
    expect(dated?.schedule).toMatchObject({ kind: 'oncalendar', zone: 'Europe/London' })
    // Months that look alike are one line.
    expect(dated?.until).toBeGreaterThan(Date.UTC(2027, 11, 1))
    expect(dated?.until).toBeLessThan(trading.at(-1) ?? 0)
  })

  it('is none where a day has more times than lines', () => {
    const many = Array.from({ length: 22 }, (_, hour) => hour * 61)
    expect(weekly(new Set([1]), many, 'UTC')).toBeNull()
    expect(onDays([from], many, 'UTC', from)).toBeNull()
    expect(
      weekly(
        new Set([1]),
        Array.from({ length: 1_440 }, (_, m) => m),
        'UTC',
      ),
    ).toMatchObject({ expression: '* * * * 1' })
  })
})
