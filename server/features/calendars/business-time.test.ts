import { describe, expect, it } from 'vitest'
import { addBusiness } from './business-time.ts'
import type { CalendarException, CalendarRules } from './calendar-rules.ts'

const HOUR = 3_600_000
const desk: CalendarRules = {
  zone: 'Europe/London',
  weekly: [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '18:00' })),
  exceptions: [
    { date: '2026-04-03', open: [], name: 'Good Friday' },
    { date: '2026-04-06', open: [], name: 'Easter Monday' },
  ],
  validThrough: '2026-12-31',
}
const always: CalendarRules = {
  zone: 'Europe/London',
  weekly: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', to: '24:00' })),
  exceptions: [],
  validThrough: null,
}
const instant = (local: string, zone = 'Europe/London') =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant()
const due = (rules: CalendarRules, from: string, hours: number) => {
  const result = addBusiness(rules, instant(from), hours * HOUR)
  if (result.kind === 'never') return result.reason
  return result.at.toZonedDateTimeISO(rules.zone).toString({ timeZoneName: 'never', smallestUnit: 'minute' })
}

describe('due times', () => {
  it.each([
    ['the same day runs over to the next', desk, '2026-01-12T16:00', 4, '2026-01-13T10:00+00:00'],
    ['opened at the weekend', desk, '2026-01-10T11:00', 4, '2026-01-12T12:00+00:00'],
    ['opened in the last hour', desk, '2026-01-12T17:00', 4, '2026-01-13T11:00+00:00'],
    ['over Easter and the change to summer time', desk, '2026-04-02T17:00', 4, '2026-04-07T11:00+01:00'],
    ['around the clock over the change', always, '2026-03-28T23:30', 4, '2026-03-29T04:30+01:00'],
    ['reached just as it closes', desk, '2026-01-12T16:00', 2, '2026-01-12T18:00+00:00'],
    ['no time at all, while closed', desk, '2026-01-10T11:00', 0, '2026-01-10T11:00+00:00'],
  ])('%s', (_name, rules, from, hours, expected) => expect(due(rules, from, hours)).toBe(expected))

  it('says when the holidays until then are not known', () => {
    expect(addBusiness(desk, instant('2026-12-30T16:00'), 4 * HOUR)).toMatchObject({ kind: 'at', known: true })
    expect(addBusiness(desk, instant('2026-12-31T16:00'), 4 * HOUR)).toMatchObject({ kind: 'at', known: false })
  })

  it('never comes when nothing is open, with the remedy', () => {
    const shut = { ...desk, weekly: [] }
    expect(due(shut, '2026-01-01T00:00', 1)).toMatch(
      /^The calendar has no open hours in the 400 days after .*add weekly/,
    )
    const once = { ...shut, exceptions: [{ date: '2026-05-01', open: [{ from: '09:00', to: '10:00' }], name: 'Test' }] }
    expect(due(once, '2026-01-01T00:00', 1)).toBe('2026-05-01T10:00+01:00')
    expect(due(once, '2026-01-01T00:00', 2)).toMatch(/400 days after 2026-05-01T09:00:00Z/)
    const rare = {
      ...once,
      exceptions: [...once.exceptions, { ...once.exceptions[0], date: '2028-05-01' } as CalendarException],
    }
    expect(due(rare, '2026-01-01T00:00', 2)).toMatch(/400 days after 2026-05-01T09:00:00Z/)
    expect(due(always, '2026-01-01T00:00', 200 * 366 * 24)).toMatch(/more than 100 years/)
    expect(due(desk, '2026-01-01T00:00', 200 * 366 * 24)).toMatch(/more than 100 years/)
  })

  it('refuses a length that is none', () => {
    for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => addBusiness(desk, instant('2026-01-01T00:00'), ms)).toThrow(/zero or more milliseconds/)
    }
  })
})
