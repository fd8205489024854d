import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsOf, businessDateOf, dueOn, plusDays } from './business-date.ts'
import { liveDates, type StoredNight } from './live-dates.ts'
import { isTold, isWorse, nextState } from './night-state.ts'

/** Business dates, which of them go on, and the states of a night. */

const london = { zone: 'Europe/London', cut: '17:00' }
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds

describe('a business date', () => {
  it.each([
    ['2026-11-25T16:59:00Z', london, '2026-11-24'],
    ['2026-11-25T17:00:00Z', london, '2026-11-25'],
    ['2026-11-26T07:12:00Z', london, '2026-11-25'],
    ['2026-07-01T16:00:00Z', london, '2026-07-01'],
    ['2026-11-25T07:59:00Z', { zone: 'Asia/Tokyo', cut: '17:00' }, '2026-11-24'],
    ['2026-11-25T08:00:00Z', { zone: 'Asia/Tokyo', cut: '17:00' }, '2026-11-25'],
    ['2026-11-25T23:59:00Z', { zone: 'UTC', cut: '00:00' }, '2026-11-25'],
  ])('of %s in %j is %s', (instant, dating, date) => expect(businessDateOf(at(instant), dating)).toBe(date))

  it('is the one within whose bounds an instant lies, whatever the clock does', () => {
    const zones = fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'America/Havana')
    const two = (n: number) => String(n).padStart(2, '0')
    const cuts = fc.integer({ min: 0, max: 95 }).map((n) => `${two(Math.floor(n / 4))}:${two((n % 4) * 15)}`)
    const instants = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') })
    fc.assert(
      fc.property(instants, zones, cuts, (ms, zone, cut) => {
        const date = businessDateOf(ms, { zone, cut })
        const { from, to } = boundsOf(date, { zone, cut })
        expect(from <= ms && ms < to).toBe(true)
        expect(boundsOf(plusDays(date, 1), { zone, cut }).from).toBe(to)
      }),
    )
  })

  it('begins once where its cut is in an hour that the clock shows twice', () => {
    const odd = { zone: 'Europe/London', cut: '01:30' }
    const dates = ['00:29', '00:30', '01:00', '01:29', '01:30'].map((time) =>
      businessDateOf(at(`2026-10-25T${time}:00Z`), odd),
    )
    expect(dates).toEqual(['2026-10-24', '2026-10-25', '2026-10-25', '2026-10-25', '2026-10-25'])
  })

  it('ends where the clock puts it: a night of 23 hours in spring', () => {
    const { from, to } = boundsOf('2027-03-27', london)
    expect((to - from) / 3_600_000).toBe(23)
    const due = (time: string, days: number) => ({ kind: 'by' as const, time, days, zone: 'Europe/London' })
    const dueAt = (time: string, days: number) =>
      dueOn('2027-03-27', { due: due(time, days), cut: null, zoneCut: '17:00' })
    expect(dueAt('07:45', 1)).toBe(at('2027-03-28T06:45:00Z'))
    // On the date itself it would be over before that begins.
    expect(dueAt('04:00', 0)).toBe(at('2027-03-28T03:00:00Z'))
    expect(dueAt('23:00', 0)).toBe(at('2027-03-27T23:00:00Z'))
  })
})

describe('the dates that go on', () => {
  const deadline = {
    due: { kind: 'by' as const, time: '07:45', days: 1, zone: 'Europe/London' },
    cut: null,
    zoneCut: '17:00',
    createdAt: at('2026-11-01T00:00:00Z'),
  }
  const weekdays = { on: (date: string) => Temporal.PlainDate.from(date).dayOfWeek < 6 }
  const live = (now: string, nights: StoredNight[] = [], more: Partial<typeof deadline> = {}) =>
    liveDates({ ...deadline, ...more }, weekdays, nights, at(now))
  it.each<[string, string[], StoredNight[]]>([
    ['2026-11-26T07:12:00Z', ['2026-11-25'], []],
    ['2026-11-26T07:12:00Z', [], [{ date: '2026-11-25', settled: true, doneAt: 1 }]],
    ['2026-11-26T17:05:00Z', ['2026-11-25', '2026-11-26'], []],
    ['2026-11-26T23:00:00Z', ['2026-11-26'], []],
    ['2026-11-28T20:00:00Z', [], []],
    ['2026-11-28T20:00:00Z', ['2026-11-27'], [{ date: '2026-11-27', settled: false, doneAt: null }]],
  ])('at %s are %j', (now, dates, nights) => expect(live(now, nights)).toEqual(dates))

  it('are none that were due before the deadline was made', () => {
    expect(live('2026-11-26T08:00:00Z', [], { createdAt: at('2026-11-26T07:50:00Z') })).toEqual([])
    expect(live('2026-11-26T08:00:00Z', [], { createdAt: at('2026-11-26T07:40:00Z') })).toEqual(['2026-11-25'])
  })
})

describe('the state of a night', () => {
  const usual = { now: 0, due: 100, endedAt: null, blocked: null, miss: 0.01 }
  it.each([
    ['on_time', null, {}, false],
    ['at_risk', null, { miss: 0.3 }, false],
    ['predicted_late', 'at_risk', { miss: 0.51 }, false],
    ['predicted_late', 'predicted_late', { miss: 0.4 }, false],
    ['at_risk', 'on_time', { miss: 0.4 }, false],
    ['no_statistics', null, { miss: null }, false],
    ['blocked', 'on_time', { blocked: { why: 'held', by: 0 } }, false],
    ['late', 'predicted_late', { now: 101 }, false],
    ['unknown', 'on_time', { now: 101 }, true],
    ['done', 'late', { now: 500, endedAt: 99 }, false],
    ['done_late', 'late', { now: 500, endedAt: 101 }, true],
  ] as const)('is %s, before %s, with %j', (state, before, more, unobserved) =>
    expect(nextState(before, { ...usual, ...more }, unobserved, null)).toBe(state),
  )

  it('is told from where its owner wants it', () => {
    expect(isTold('at_risk', 'predicted_late')).toBe(false)
    expect(isTold('blocked', 'predicted_late')).toBe(true)
    expect(isTold('blocked', 'late')).toBe(false)
    expect(isTold('unknown', 'at_risk')).toBe(false)
    expect(isWorse('late', 'blocked')).toBe(true)
    expect(isWorse('blocked', 'predicted_late')).toBe(false)
  })
})
