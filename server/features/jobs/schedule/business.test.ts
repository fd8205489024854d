import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BusinessSchedule, businessSchedule } from '../../../../contract/jobs/business-days.ts'
import { businessWords } from '../../../../contract/jobs/schedule-words.ts'
import { openDaysOf } from '../../calendars/index.ts'
import type { BusinessDays } from './open-calendars.ts'
import { isKnownAt, readSchedule } from './schedule.ts'

const week = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '17:00' }))
const calendar = (zone: string, validThrough: string | null, holidays: string[]) =>
  openDaysOf({ zone, weekly: week, validThrough, exceptions: holidays.map((date) => ({ date, open: [], name: '' })) })
// Bank holidays of England; 24 December is a half day. TARGET2 is closed on 1 January, Good Friday, Easter Monday, 1 May, 25 and 26 December.
const england = ['2026-12-25', '2026-12-28', '2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31']
const target2 = ['2026-12-25', '2027-01-01', '2027-03-26', '2027-03-29']
const both = (through: string | null = '2027-12-31'): BusinessDays => {
  const of = [calendar('Europe/London', through, england), calendar('Europe/Frankfurt', null, target2)] as const
  return {
    isOpen: (day) => of.every((c) => c.isOpen(day)),
    isHoliday: (day) => !of.every((c) => c.isOpen(day)) && of.some((c) => c.isHoliday(day)),
    knownThrough: Math.min(...of.map((c) => c.knownThrough)),
    endsFirst: through ? { slug: 'london', name: 'London', through } : null,
    missing: [],
    holidaysOn: () => [],
  }
}
const rule = (day: object, more: object = {}): BusinessSchedule =>
  businessSchedule.parse({
    kind: 'business',
    calendars: ['london', 'target2'],
    day,
    times: ['06:30'],
    zone: 'Europe/London',
    ...more,
  })
const times = (s: BusinessSchedule, from: string, count: number, days = both()): string[] => {
  const after = readSchedule(s, days)
  const found: string[] = []
  let ms: number | null = Temporal.Instant.from(from).epochMilliseconds
  while (found.length < count) {
    ms = after(ms)
    if (ms === null) return [...found, 'never']
    const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(s.zone)
    found.push(at.toPlainDateTime().toString().slice(0, 16))
  }
  return found
}
const monday = '2026-11-30T07:00:00Z'

describe('business days', () => {
  it.each([
    [
      'each',
      { on: 'each' },
      {},
      '2026-12-23T12:00:00Z',
      ['2026-12-24', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-04'],
    ],
    [
      'the third of the month',
      { on: 'nth', nth: 3, of: 'month' },
      {},
      monday,
      ['2026-12-03', '2027-01-06', '2027-02-03'],
    ],
    [
      'the last of the month',
      { on: 'nth', nth: -1, of: 'month' },
      {},
      monday,
      ['2026-12-31', '2027-01-29', '2027-02-26'],
    ],
    [
      'the last but one of the quarter',
      { on: 'nth', nth: -2, of: 'quarter' },
      {},
      monday,
      ['2026-12-30', '2027-03-30'],
    ],
    [
      'the first of the week',
      { on: 'nth', nth: 1, of: 'week' },
      {},
      '2026-12-22T12:00:00Z',
      ['2026-12-29', '2027-01-04'],
    ],
    ['the first of the year', { on: 'nth', nth: 1, of: 'year' }, {}, monday, ['2027-01-04', '2028-01-03']],
    [
      'the 25th or before',
      { on: 'monthday', days: [25], ifClosed: 'before' },
      {},
      monday,
      ['2026-12-24', '2027-01-25'],
    ],
    ['the 25th or after', { on: 'monthday', days: [25], ifClosed: 'after' }, {}, monday, ['2026-12-29', '2027-01-25']],
    [
      'the 25th or not at all',
      { on: 'monthday', days: [25], ifClosed: 'skip' },
      {},
      monday,
      ['2027-01-25', '2027-02-25'],
    ],
    [
      'the 25th whatever it is',
      { on: 'monthday', days: [25], ifClosed: 'anyway' },
      {},
      monday,
      ['2026-12-25', '2027-01-25'],
    ],
    [
      'the last day, in its month',
      { on: 'monthday', days: [-1], ifClosed: 'same-month' },
      {},
      '2027-01-15T00:00:00Z',
      ['2027-01-29', '2027-02-26', '2027-03-31'],
    ],
    [
      'the 31st where there is one',
      { on: 'monthday', days: [31], ifClosed: 'anyway' },
      {},
      monday,
      ['2026-12-31', '2027-01-31', '2027-03-31'],
    ],
    [
      '15 June and December',
      { on: 'monthday', days: [15], months: [6, 12], ifClosed: 'after' },
      {},
      monday,
      ['2026-12-15', '2027-06-15', '2027-12-15'],
    ],
    [
      'Fridays or the day before',
      { on: 'weekday', days: [5], ifClosed: 'before' },
      {},
      '2026-12-20T00:00:00Z',
      ['2026-12-24', '2026-12-31', '2027-01-08'],
    ],
    [
      'two days before the month ends',
      { on: 'nth', nth: -1, of: 'month' },
      { offsetDays: -2 },
      monday,
      ['2026-12-29', '2027-01-27'],
    ],
    [
      'the day before a holiday',
      { on: 'holiday' },
      { offsetDays: -1 },
      monday,
      ['2026-12-24', '2026-12-31', '2027-03-25'],
    ],
    [
      'the day after a holiday',
      { on: 'holiday' },
      { offsetDays: 1 },
      monday,
      ['2026-12-29', '2027-01-04', '2027-03-30'],
    ],
    [
      'given dates',
      { on: 'dates', dates: ['2026-12-28', '2027-02-01'], ifClosed: 'after' },
      {},
      monday,
      ['2026-12-29', '2027-02-01', 'never'],
    ],
  ])('%s', (_, day, more, from, expected) => {
    const found = times(rule(day, more), from, expected.length)
    expect(found.map((t) => t.replace('T06:30', ''))).toEqual(expected)
  })

  it('a half day is a business day, and several times of a day come in order', () => {
    const s = rule({ on: 'each' }, { times: ['18:00', '06:30'] })
    expect(times(s, '2026-12-24T06:00:00Z', 3)).toEqual(['2026-12-24T06:30', '2026-12-24T18:00', '2026-12-29T06:30'])
  })

  it('where the clock is changed: what it skips is due right after, what it shows twice is due once', () => {
    const days = calendar('Europe/Berlin', null, [])
    const sundays = { ...both(), ...days, isOpen: () => true }
    const s = rule({ on: 'each' }, { zone: 'Europe/Berlin', times: ['02:30'] })
    expect(times(s, '2027-03-27T12:00:00Z', 2, sundays)).toEqual(['2027-03-28T03:00', '2027-03-29T02:30'])
    const next = readSchedule(s, sundays)
    const first = next(Temporal.Instant.from('2026-10-24T12:00:00Z').epochMilliseconds) ?? 0
    expect(Temporal.Instant.fromEpochMilliseconds(first).toString()).toBe('2026-10-25T00:30:00Z')
    expect(Temporal.Instant.fromEpochMilliseconds(next(first) ?? 0).toString()).toBe('2026-10-26T01:30:00Z')
  })

  it('a calendar that is never open again comes to no time, and says so soon', () => {
    expect(times(rule({ on: 'each' }), monday, 1, { ...both(), isOpen: () => false })).toEqual(['never'])
    expect(times(rule({ on: 'monthday', days: [1] }), monday, 1, { ...both(), isOpen: () => false })).toEqual(['never'])
  })

  it('knows how far it is known: a day from the end of a month needs the whole month', () => {
    const days = both('2026-12-30')
    const knownOn = (day: object, date: string) =>
      isKnownAt(rule(day), days, Temporal.Instant.from(`${date}T12:00:00Z`).epochMilliseconds)
    expect(knownOn({ on: 'each' }, '2026-12-30')).toBe(true)
    expect(knownOn({ on: 'each' }, '2026-12-31')).toBe(false)
    expect(knownOn({ on: 'nth', nth: 3, of: 'month' }, '2026-12-03')).toBe(true)
    expect(knownOn({ on: 'nth', nth: -1, of: 'month' }, '2026-12-31')).toBe(false)
    expect(isKnownAt({ kind: 'period', seconds: 60 }, null, 0)).toBe(true)
  })
})

/** The rule by its words alone: each day of a stretch is asked, without any thought for speed. */
describe('against the rule by brute force', () => {
  const days = both(null)
  const at = (date: Temporal.PlainDate) => date.toZonedDateTime('UTC').epochMilliseconds / 86_400_000
  const isOpen = (date: Temporal.PlainDate) => days.isOpen(at(date))
  const walk = (date: Temporal.PlainDate, by: number): Temporal.PlainDate => {
    let [left, on] = [Math.abs(by), date]
    while (left > 0) {
      on = on.add({ days: Math.sign(by) })
      if (isOpen(on)) left--
    }
    return on
  }
  const inPeriod = (date: Temporal.PlainDate, of: string): string =>
    of === 'week'
      ? `${date.yearOfWeek} ${date.weekOfYear}`
      : of === 'month'
        ? `${date.year} ${date.month}`
        : of === 'quarter'
          ? `${date.year} ${Math.ceil(date.month / 3)}`
          : `${date.year}`
  const settled = (date: Temporal.PlainDate, ifClosed: string): Temporal.PlainDate | null => {
    if (isOpen(date) || ifClosed === 'anyway') return date
    if (ifClosed === 'skip') return null
    if (ifClosed === 'before') return walk(date, -1)
    const next = walk(date, 1)
    return ifClosed === 'after' || next.month === date.month ? next : walk(date, -1)
  }
  /** What the rule makes of one date that it may name; null: it does not name it. */
  const named = (s: BusinessSchedule, date: Temporal.PlainDate): Temporal.PlainDate | null => {
    const d = s.day
    if (d.on === 'each') return isOpen(date) ? date : null
    if (d.on === 'holiday') return days.isHoliday(at(date)) ? date : null
    if (d.on === 'nth') {
      const open = periods.get(`${d.of} ${inPeriod(date, d.of)}`) ?? []
      return open.at(d.nth > 0 ? d.nth - 1 : d.nth)?.date === date ? date : null
    }
    if (d.on === 'weekday') return d.days.includes(date.dayOfWeek) ? settled(date, d.ifClosed) : null
    if (d.on === 'dates') return d.dates.includes(date.toString()) ? settled(date, d.ifClosed) : null
    const isMonth = d.months.length === 0 || d.months.includes(date.month)
    const fromEnd = date.day - date.daysInMonth - 1
    return isMonth && (d.days.includes(date.day) || d.days.includes(fromEnd)) ? settled(date, d.ifClosed) : null
  }

  const ifClosed = fc.constantFrom('before', 'after', 'same-month', 'skip', 'anyway')
  const nth = fc.integer({ min: -9, max: 9 }).filter((n) => n !== 0)
  const aDay = fc.oneof(
    fc.constant({ on: 'each' }),
    fc.constant({ on: 'holiday' }),
    fc.record({ on: fc.constant('nth'), nth, of: fc.constantFrom('week', 'month', 'quarter', 'year') }),
    fc.record({
      on: fc.constant('weekday'),
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      ifClosed,
    }),
    fc.record({
      on: fc.constant('monthday'),
      days: fc.uniqueArray(
        fc.integer({ min: -31, max: 31 }).filter((n) => n !== 0),
        { minLength: 1, maxLength: 4 },
      ),
      months: fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
      ifClosed,
    }),
  )
  const start = Temporal.PlainDate.from('2026-01-01')
  const all = Array.from({ length: 900 }, (_, i) => start.add({ days: i }))
  const periods = Map.groupBy(
    all.filter(isOpen).flatMap((date) => ['week', 'month', 'quarter', 'year'].map((of) => ({ of, date }))),
    ({ of, date }) => `${of} ${inPeriod(date, of)}`,
  )
  // Far enough from both ends that no offset reaches over them.
  const [from, to] = [Temporal.PlainDate.from('2026-10-01'), Temporal.PlainDate.from('2027-09-30')]

  it('finds the same days', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: -8, max: 8 }), (day, offsetDays) => {
        const s = rule(day, { offsetDays, zone: 'UTC', times: ['00:00'] })
        const expected = [
          ...new Set(
            all.flatMap((date) => {
              const found = named(s, date)
              return found ? [(offsetDays === 0 ? found : walk(found, offsetDays)).toString()] : []
            }),
          ),
        ]
          .filter((d) => d > from.toString() && d < to.toString())
          .toSorted()
        const after = readSchedule(s, days)
        const found: string[] = []
        let ms: number | null = from.toZonedDateTime('UTC').epochMilliseconds
        while (true) {
          ms = after(ms)
          const date = ms === null ? null : Temporal.Instant.fromEpochMilliseconds(ms).toString().slice(0, 10)
          if (ms === null || date === null || date >= to.toString()) break
          found.push(date)
        }
        expect(found).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })
})

describe('in words', () => {
  it.each([
    [rule({ on: 'nth', nth: 3, of: 'month' }), '3rd business day of the month at 06:30; london and target2 open'],
    [
      rule({ on: 'nth', nth: -2, of: 'quarter' }),
      '2nd last business day of the quarter at 06:30; london and target2 open',
    ],
    [
      rule({ on: 'monthday', days: [15, -1], ifClosed: 'before' }, { offsetDays: -1, times: ['06:30', '18:00'] }),
      '1 business day before 15th and last day of the month, else the business day before at 06:30 and 18:00; london and target2 open',
    ],
    [rule({ on: 'dates', dates: ['2026-12-24'], ifClosed: 'anyway' }, { calendars: [] }), '2026-12-24 at 06:30'],
  ])('%#', (s, words) => {
    expect(businessWords(s)).toBe(words)
  })

  it('a rule of business days names a calendar', () => {
    expect(() => rule({ on: 'each' }, { calendars: [] })).toThrow(/must name at least one/)
  })
})
