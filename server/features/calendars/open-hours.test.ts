import { describe, expect, it } from 'vitest'
import type { CalendarRules } from './calendar-rules.ts'
import { isKnown, isOpen, nextClose, nextOpen, openIntervals } from './open-hours.ts'

const london: CalendarRules = {
  zone: 'Europe/London',
  weekly: [
    ...[1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '18:00' })),
    { day: 6, from: '00:30', to: '01:30' },
    { day: 7, from: '00:30', to: '01:30' },
    { day: 7, from: '20:00', to: '24:00' },
  ],
  exceptions: [{ date: '2026-12-24', open: [{ from: '08:00', to: '12:00' }], name: 'Christmas Eve' }],
  validThrough: '2026-12-31',
}
const always: CalendarRules = {
  zone: 'Asia/Tokyo',
  weekly: [1, 2, 3, 4, 5, 6, 7].flatMap((day) => [
    { day, from: '00:00', to: '12:00' },
    { day, from: '12:00', to: '24:00' },
  ]),
  exceptions: [],
  validThrough: null,
}
const instant = (text: string) => Temporal.Instant.from(text)
const spans = (rules: CalendarRules, from: string, to: string) =>
  openIntervals(rules, instant(from), instant(to)).map((span) => `${span.from}/${span.to}`)

describe('open or closed', () => {
  it.each([
    ['2026-01-12T07:59:59Z', false],
    ['2026-01-12T08:00Z', true],
    ['2026-01-12T17:59:59.999Z', true],
    ['2026-01-12T18:00Z', false],
    ['2026-07-13T07:00Z', true],
    ['2026-12-24T11:59Z', true],
    ['2026-12-24T12:00Z', false],
    ['2026-01-11T23:59Z', true],
    ['2026-01-12T00:00Z', false],
  ])('%s: %s', (at, open) => expect(isOpen(london, instant(at))).toBe(open))

  it('knows its holidays until the end of the last valid day', () => {
    expect(isKnown(london, instant('2026-12-31T23:59:59Z'))).toBe(true)
    expect(isKnown(london, instant('2027-01-01T00:00Z'))).toBe(false)
    expect(isKnown(always, instant('2190-01-01T00:00Z'))).toBe(true)
  })
})

describe('intervals', () => {
  it('are cut at both ends', () => {
    expect(spans(london, '2026-01-12T10:00Z', '2026-01-13T09:00Z')).toEqual([
      '2026-01-12T10:00:00Z/2026-01-12T18:00:00Z',
      '2026-01-13T08:00:00Z/2026-01-13T09:00:00Z',
    ])
    expect(spans(london, '2026-01-12T10:00Z', '2026-01-12T10:00Z')).toEqual([])
  })
  it('lose what the clock skips and keep what it repeats', () => {
    expect(spans(london, '2026-03-29T00:00Z', '2026-03-29T12:00Z')).toEqual([
      '2026-03-29T00:30:00Z/2026-03-29T01:00:00Z',
    ])
    expect(spans(london, '2026-10-24T23:00Z', '2026-10-25T12:00Z')).toEqual([
      '2026-10-24T23:30:00Z/2026-10-25T01:30:00Z',
    ])
  })
  it('of a day that a zone skipped are none', () => {
    const apia = { ...london, zone: 'Pacific/Apia', exceptions: [] }
    expect(spans(apia, '2011-12-29T12:00Z', '2012-01-01T00:00Z')).toEqual([
      '2011-12-29T18:00:00Z/2011-12-30T04:00:00Z',
      '2011-12-30T10:30:00Z/2011-12-30T11:30:00Z',
      '2011-12-31T10:30:00Z/2011-12-31T11:30:00Z',
    ])
  })
  it('of an evening last until the clock, put back over midnight, has shown it twice', () => {
    // St. John's went from Sunday 00:01 back to Saturday 23:01 in 2010.
    const stJohns = {
      ...london,
      zone: 'America/St_Johns',
      weekly: [{ day: 6, from: '20:00', to: '24:00' }],
      exceptions: [],
    }
    expect(spans(stJohns, '2010-11-07T02:30:30Z', '2010-11-07T12:00Z')).toEqual([
      '2010-11-07T02:30:30Z/2010-11-07T03:30:00Z',
    ])
  })
  it('around the clock are one', () => {
    expect(spans(always, '2026-01-01T00:00Z', '2027-01-01T00:00Z')).toEqual([
      '2026-01-01T00:00:00Z/2027-01-01T00:00:00Z',
    ])
  })
  it('around the clock but for lunch are cut by lunch', () => {
    const weekly = always.weekly.map((hours) => (hours.to === '24:00' ? { ...hours, from: '13:00' } : hours))
    expect(spans({ ...always, weekly }, '2026-01-01T00:00Z', '2026-01-01T06:00Z')).toEqual([
      '2026-01-01T00:00:00Z/2026-01-01T03:00:00Z',
      '2026-01-01T04:00:00Z/2026-01-01T06:00:00Z',
    ])
  })
  it('over more than a century are refused', () => {
    expect(() => spans(london, '1800-01-01T00:00Z', '2100-01-01T00:00Z')).toThrow(/at most 100 years/)
  })
})

describe('next opening and closing', () => {
  const at = (text: string, known = true) => ({ kind: 'at', at: instant(text), known })
  it('are now when it is so now', () => {
    expect(nextOpen(london, instant('2026-01-12T09:00Z'))).toEqual(at('2026-01-12T09:00Z'))
    expect(nextClose(london, instant('2026-01-12T19:00Z'))).toEqual(at('2026-01-12T19:00Z'))
  })
  it('are looked for', () => {
    expect(nextOpen(london, instant('2026-01-12T18:00Z'))).toEqual(at('2026-01-13T08:00Z'))
    expect(nextClose(london, instant('2026-01-12T09:00Z'))).toEqual(at('2026-01-12T18:00Z'))
    expect(nextOpen(london, instant('2026-12-31T18:00Z'))).toEqual(at('2027-01-01T08:00Z', false))
  })
  it('are never, with the reason', () => {
    expect(nextClose(always, instant('2026-01-01T00:00Z'))).toMatchObject({
      kind: 'never',
      reason: expect.stringMatching(/around the clock/),
    })
    const shut = { ...london, weekly: [] }
    expect(nextOpen(shut, instant('2026-12-25T00:00Z'))).toMatchObject({
      kind: 'never',
      reason: expect.stringMatching(/add weekly hours/),
    })
    expect(nextClose(shut, instant('2026-12-25T00:00Z'))).toEqual(at('2026-12-25T00:00Z'))
  })
  it('sees a single holiday of a calendar that is otherwise always open', () => {
    const rules = { ...always, exceptions: [{ date: '2026-05-01', open: [], name: 'Works outing' }] }
    expect(nextClose(rules, instant('2026-01-01T00:00Z'))).toEqual(at('2026-04-30T15:00Z'))
    expect(nextOpen(rules, instant('2026-04-30T16:00Z'))).toEqual(at('2026-05-01T15:00Z'))
    expect(nextClose(rules, instant('2026-06-01T00:00Z'))).toMatchObject({
      kind: 'never',
      reason: expect.stringMatching(/in the 400 days/),
    })
  })
})
