import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../../../../test/harness/chains.ts'
import { type DayClass, dayClassesOf } from '../../jobs/index.ts'
import { durationModel, expectedGiven, type PastRun, usualDurations } from './durations.ts'

describe('the class of a day', () => {
  const holidays = ['2026-12-25', '2026-12-28', '2026-05-25', '2027-01-01']
  const works = (date: Temporal.PlainDate) => date.dayOfWeek < 6 && !holidays.includes(date.toString())
  it.each([
    ['2026-11-24', 'a Tuesday', ['weekday', 'any']],
    ['2026-11-23', 'a Monday', ['monday', 'weekday', 'any']],
    ['2026-11-28', 'a Saturday', ['day-off', 'any']],
    ['2026-11-30', 'the last of November, a Monday', ['month-end', 'weekday', 'any']],
    ['2026-10-30', 'a Friday, the last business day of October', ['month-end', 'weekday', 'any']],
    ['2026-12-31', 'the last of the year', ['quarter-end', 'month-end', 'weekday', 'any']],
    ['2026-12-25', 'Christmas', ['day-off', 'any']],
    ['2026-12-29', 'after Christmas and its Monday off', ['after-holiday', 'weekday', 'any']],
    ['2026-05-26', 'after a bank holiday', ['after-holiday', 'weekday', 'any']],
    ['2027-01-04', 'a Monday after a Friday off', ['after-holiday', 'monday', 'weekday', 'any']],
  ])('%s, %s', (date, _, classes) => expect(dayClassesOf(Temporal.PlainDate.from(date), works)).toEqual(classes))
})

const runs = (classes: DayClass[], ...seconds: number[]): PastRun[] =>
  seconds.map((took, i) => ({ date: `${classes[0]}-${i}`, classes, startedAt: 0, seconds: took, outcome: 'succeeded' }))
const monday: DayClass[] = ['monday', 'weekday', 'any']
const weekday: DayClass[] = ['weekday', 'any']

describe('whose runs speak for a day', () => {
  it('those of its class, at most sixty, the newest', () => {
    const past = [...runs(monday, ...Array(60).fill(100)), ...runs(monday, 9_000), ...runs(weekday, 50, 50, 50, 50, 50)]
    expect(durationModel(past, monday, null)).toMatchObject({ dayClass: 'monday', basis: 'class', p50: 100, mean: 100 })
    expect(durationModel(past, monday, null).samples).toHaveLength(60)
    expect(durationModel(past, weekday, null)).toMatchObject({ dayClass: 'weekday', basis: 'class', p50: 50 })
  })
  it('of more days when there are fewer than five; stretched by what is known of its own', () => {
    const past = [...runs(monday, 120, 120), ...runs(weekday, ...Array(20).fill(60))]
    expect(durationModel(past, monday, null, { ...usualDurations, doubt: Number.POSITIVE_INFINITY })).toMatchObject({
      dayClass: 'weekday',
      basis: 'coarser',
      p50: 60,
    })
    const stretched = durationModel(past, monday, null, { ...usualDurations, doubt: 2 })
    expect(stretched.p50).toBeCloseTo(60 * Math.sqrt(2))
  })
  it('then what its scheduler says, then the few that there are, then nobody', () => {
    const few = runs(weekday, 10, 20)
    expect(durationModel(few, monday, 300)).toMatchObject({ basis: 'typical', p50: 300 })
    expect(durationModel(few, monday, null)).toMatchObject({ basis: 'few', p50: 15 })
    expect(durationModel([], monday, null)).toMatchObject({ basis: 'none', samples: new Float64Array() })
  })
  it('not failed ones, nor one that hung once', () => {
    const past = [...runs(weekday, 60, 62, 58, 61, 59, 60, 86_400)]
    past.unshift({ ...(past[0] as PastRun), outcome: 'failed', seconds: 1 })
    expect([...durationModel(past, weekday, null).samples]).toEqual([58, 59, 60, 60, 61, 62])
  })
  it('knows how often it fails and how long it takes till it is started again', () => {
    const at = (date: string, startedAt: number, seconds: number, outcome: PastRun['outcome']): PastRun => ({
      date,
      classes: weekday,
      startedAt: startedAt * 1000,
      seconds,
      outcome,
    })
    const past = [at('02', 90_000, 60, 'succeeded'), at('01', 700, 60, 'succeeded'), at('01', 0, 100, 'failed')]
    const model = durationModel(past, weekday, null)
    expect([model.failing, [...model.repairs]]).toEqual([1 / 5, [600]])
  })
})

describe('a run that is under way', () => {
  const prices = modelOf([25, 30, 35, 60])
  it.each([
    [0, 37.5, false],
    [20, 37.5, false],
    [30, 47.5, false],
    [59, 60, false],
    [60, 66, true],
    [70, 77, true],
  ])('after %s minutes takes %s in all', (elapsed, total, outside) => {
    const found = expectedGiven(prices, elapsed * 60)
    expect(found.seconds / 60).toBeCloseTo(total)
    expect(found.outside).toBe(outside)
  })
  it('without runs on record goes by what its scheduler says', () => {
    expect(expectedGiven(modelOf([], 600), 60)).toEqual({ seconds: 600, outside: false })
    expect(expectedGiven(modelOf([], 600), 700).outside).toBe(true)
  })
  it('never takes less than it has, and never less for having taken longer', () => {
    const takes = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(takes, fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 100 }), (minutes, first, more) => {
        const model = modelOf(minutes)
        const early = expectedGiven(model, first * 60).seconds
        const later = expectedGiven(model, (first + more) * 60).seconds
        expect(early).toBeGreaterThanOrEqual(first * 60)
        expect(later).toBeGreaterThanOrEqual(early - 1e-6)
      }),
    )
  })
})
