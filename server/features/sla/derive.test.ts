import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SlaTarget } from '../../../contract/sla/index.ts'
import type { CalendarRules } from '../calendars/index.ts'
import { derive } from './derive.ts'

const weekly = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '18:00' }))
const easter = [
  { date: '2026-04-03', open: [], name: 'Good Friday' },
  { date: '2026-04-06', open: [], name: 'Easter Monday' },
]
const london: CalendarRules = { zone: 'Europe/London', weekly, exceptions: easter, validThrough: '2027-12-31' }

const given = (from: string, target: Partial<SlaTarget>, rules: CalendarRules | null = london) => ({
  priority: 3,
  policy: {
    name: 'Standard',
    version: 1,
    target: { firstResponse: null, resolution: null, clock: 'support' as const, ...target },
  },
  calendar: rules && { name: 'London support', version: 4, rules },
  from: Temporal.Instant.from(from),
})
const resolution = (
  from: string,
  hours: number,
  clock: SlaTarget['clock'] = 'support',
  rules: CalendarRules | null = london,
) => derive(given(from, { resolution: hours * 60, clock }, rules))

// The worked examples of the field: Monday to Friday 08:00 to 18:00 in London.
describe('due times', () => {
  test.each([
    ['over the night', '2026-01-12T16:00:00Z', 4, '2026-01-13T10:00:00Z'],
    ['opened on a weekend', '2026-01-10T11:00:00Z', 4, '2026-01-12T12:00:00Z'],
    ['an hour before closing', '2026-01-12T17:00:00Z', 4, '2026-01-13T11:00:00Z'],
    ['over Easter, into summer time', '2026-04-02T16:00:00Z', 4, '2026-04-07T10:00:00Z'],
    ['just to the closing', '2026-01-12T14:00:00Z', 4, '2026-01-12T18:00:00Z'],
  ])('%s', (_, from, hours, due) => {
    expect(String(resolution(from, hours).resolutionDueAt)).toBe(due)
  })

  test.each([
    ['over the change to summer time', '2026-03-28T23:30:00Z', 4, '2026-03-29T03:30:00Z'],
    ['over a weekend', '2026-11-27T20:00:00Z', 24, '2026-11-28T20:00:00Z'],
  ])('around the clock, whatever the calendar: %s', (_, from, hours, due) => {
    expect(String(resolution(from, hours, 'always').resolutionDueAt)).toBe(due)
    expect(String(resolution(from, hours, 'support', null).resolutionDueAt)).toBe(due)
  })
})

describe('the derivation', () => {
  test('says how each due time was counted, by the clock of the calendar', () => {
    const result = derive({
      ...given('2026-11-23T07:12:00Z', { firstResponse: 30, resolution: 480, clock: 'always' }),
      priority: 2,
    })
    expect(result.derivation).toEqual({
      policy: 'Standard',
      policyVersion: 1,
      calendar: 'around the clock',
      calendarVersion: null,
      zone: 'Europe/London',
      from: '2026-11-23T07:12:00Z',
      firstResponseMinutes: 30,
      resolutionMinutes: 480,
      sentences: [
        'P2: first response within 30 min, counted around the clock: due 07:42 London.',
        'P2: resolution within 8 h, counted around the clock: due 15:12 London.',
      ],
    })
  })

  test.each([
    [
      'on another day',
      '2026-11-23T07:12:00Z',
      1_440,
      london,
      'P3: resolution within 24 h, counted in the open hours of London support: due Wed 25 Nov 12:00 London.',
    ],
    [
      'in another year',
      '2026-12-31T17:30:00Z',
      90,
      london,
      'P3: resolution within 1 h 30 min, counted in the open hours of London support: due Fri 1 Jan 2027 09:00 London.',
    ],
    [
      'in another zone',
      '2026-11-23T14:00:00Z',
      45,
      { ...london, zone: 'America/New_York' },
      'P3: resolution within 45 min, counted in the open hours of London support: due 09:45 New York.',
    ],
    [
      'beyond the known holidays',
      '2027-12-31T17:30:00Z',
      60,
      london,
      'P3: resolution within 1 h, counted in the open hours of London support: due Mon 3 Jan 2028 08:30 London. Its holidays are known through 2027-12-31 only, so this may move.',
    ],
  ])('tells a due time %s', (_, from, minutes, rules, sentence) => {
    expect(derive(given(from, { resolution: minutes }, rules)).derivation.sentences[1]).toBe(sentence)
  })

  test('of a calendar that never opens says so, and there is no due time', () => {
    const shut: CalendarRules = {
      zone: 'Europe/London',
      weekly: [],
      exceptions: [{ date: '2020-01-01', open: [{ from: '08:00', to: '09:00' }], name: '' }],
      validThrough: null,
    }
    const result = resolution('2026-11-23T07:12:00Z', 4, 'support', shut)
    expect(result.resolutionDueAt).toBeNull()
    expect(result.derivation.sentences[1]).toBe(
      'P3: resolution within 4 h, counted in the open hours of London support: no due time. The calendar has no open hours in the 400 days after 2026-11-23T07:12:00Z: add weekly hours to it.',
    )
  })

  test('without a target says so', () => {
    const result = derive(given('2026-11-23T07:12:00Z', {}))
    expect(result).toMatchObject({ firstResponseDueAt: null, resolutionDueAt: null })
    expect(result.derivation.sentences).toEqual([
      'P3: no target for the first response.',
      'P3: no target for the resolution.',
    ])
  })
})

describe('always', () => {
  const from = fc
    .integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 6) })
    .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms))
  const minutes = fc.integer({ min: 1, max: 10_000 })
  const due = (start: Temporal.Instant, m: number, rules = london) =>
    derive({ ...given('2026-01-01T00:00:00Z', { resolution: m }, rules), from: start }).resolutionDueAt
      ?.epochMilliseconds ?? Number.NaN

  test('a longer target is never due earlier', () => {
    fc.assert(
      fc.property(
        from,
        minutes,
        minutes,
        (start, a, b) => void expect(due(start, a + b)).toBeGreaterThanOrEqual(due(start, a)),
      ),
    )
  })

  test('a later start is never due earlier, and nothing is due before its minutes have passed', () => {
    fc.assert(
      fc.property(from, fc.nat(5_000), minutes, (start, later, m) => {
        expect(due(start.add({ minutes: later }), m)).toBeGreaterThanOrEqual(due(start, m))
        expect(due(start, m)).toBeGreaterThanOrEqual(start.epochMilliseconds + m * 60_000)
      }),
    )
  })

  test('a further holiday never makes it earlier', () => {
    fc.assert(
      fc.property(from, minutes, fc.nat(30), (start, m, ahead) => {
        const date = start.toZonedDateTimeISO('Europe/London').toPlainDate().add({ days: ahead }).toString()
        const exceptions = [...easter.filter((e) => e.date !== date), { date, open: [], name: 'Extra' }]
        expect(due(start, m, { ...london, exceptions })).toBeGreaterThanOrEqual(due(start, m))
      }),
    )
  })

  test('the same facts give the same answer, wherever the server stands', () => {
    const before = process.env.TZ
    try {
      const answers = ['UTC', 'Australia/Lord_Howe', 'America/Nuuk'].map((zone) => {
        process.env.TZ = zone
        return JSON.stringify(resolution('2026-04-02T16:00:00Z', 4))
      })
      expect(new Set(answers).size).toBe(1)
    } finally {
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
  })
})
