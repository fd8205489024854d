import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DayClass } from './day-class.ts'
import { classesAt, normOf, unusual } from './statistics.ts'

const dayOf = (date: string) => Temporal.Instant.from(`${date}T00:00:00Z`).epochMilliseconds / 86_400_000
/** London at Christmas 2026: Friday the 25th and, for the Saturday, Monday the 28th are bank holidays. */
const holidays = new Set(['2026-12-25', '2026-12-28', '2027-01-01'].map(dayOf))
const london = { isOpen: (day: number) => ((day + 3) % 7) + 1 <= 5 && !holidays.has(day) }
const classesOf = (at: string, days: typeof london | null = london) =>
  classesAt(Temporal.Instant.from(at).epochMilliseconds, 'Europe/London', days)

describe('the classes of a day', () => {
  it.each([
    ['2026-12-01T22:00:00Z', 'weekday'],
    ['2026-11-30T22:00:00Z', 'month-end'],
    ['2026-12-07T22:00:00Z', 'monday'],
    ['2026-12-05T22:00:00Z', 'day-off'],
    ['2026-12-28T22:00:00Z', 'day-off'],
    ['2026-12-29T22:00:00Z', 'after-holiday'],
    ['2026-12-31T22:00:00Z', 'quarter-end'],
    ['2027-01-04T22:00:00Z', 'after-holiday'],
    ['2027-01-29T22:00:00Z', 'month-end'],
  ] as const)('%s is a %s in London', (at, is) => {
    expect(classesOf(at)[0]).toBe(is)
  })

  it('what begins in the small hours is the work of the day before', () => {
    expect(classesOf('2026-12-05T02:00:00Z')[0]).toBe('weekday')
    expect(classesOf('2027-01-01T05:59:00Z')[0]).toBe('quarter-end')
    expect(classesOf('2026-12-07T06:00:00Z')[0]).toBe('monday')
  })

  it('without a calendar holidays are days like others', () => {
    expect(classesOf('2026-12-28T22:00:00Z', null)).toEqual(['monday', 'weekday', 'any'])
    expect(classesOf('2026-12-29T22:00:00Z', null)).toEqual(['weekday', 'any'])
  })
})

const weekday: DayClass[] = ['weekday', 'any']
const monthEnd: DayClass[] = ['month-end', 'weekday', 'any']
const quarterEnd: DayClass[] = ['quarter-end', 'month-end', 'weekday', 'any']
const runs = (classes: DayClass[], ...values: number[]) => values.map((value) => ({ value, classes }))
const minutes = (...of: number[]) => of.map((m) => m * 60_000)
const usual = minutes(42, 40, 45, 41, 43, 44, 39, 42, 46, 41)
const duration = (history: ReturnType<typeof runs>, classes: DayClass[]) => {
  const norm = normOf(history, classes, 'duration')
  if (!norm) throw new Error('there are enough runs')
  return norm
}

describe('what is usual', () => {
  const history = [...runs(weekday, ...usual), ...runs(monthEnd, ...minutes(118, 125, 121, 130, 122))]

  it('is measured by days of the same class', () => {
    const [ofWeekday, ofMonthEnd] = [duration(history, weekday), duration(history, monthEnd)]
    expect(unusual(120 * 60_000, ofWeekday)).toBe('high')
    expect(unusual(120 * 60_000, ofMonthEnd)).toBeNull()
    expect(unusual(42 * 60_000, ofMonthEnd)).toBe('low')
    expect([ofWeekday.n, ofMonthEnd.n, ofMonthEnd.exact]).toEqual([10, 5, true])
    expect([ofWeekday.median, ofWeekday.p10].map((ms) => ms / 60_000)).toEqual([42, 39.9])
  })

  it('is measured by more days while there are too few of its own, and then more widely', () => {
    expect(duration(history, quarterEnd)).toMatchObject({ dayClass: 'month-end', exact: false })
    const few = runs(weekday, ...usual)
    expect(duration(few, quarterEnd)).toMatchObject({ dayClass: 'weekday', exact: false })
    expect(duration(few, quarterEnd).high).toBeGreaterThan(duration(few, weekday).high * 1.2)
  })

  it('is not known of four runs', () => {
    expect(normOf(runs(weekday, ...usual.slice(0, 4)), weekday, 'duration')).toBeNull()
  })

  it('is not moved by two bad nights', () => {
    const norm = duration([...runs(weekday, ...minutes(300, 280)), ...runs(weekday, ...usual)], weekday)
    expect(unusual(280 * 60_000, norm)).toBe('high')
  })

  it('leaves alone what always takes the same, and the jitter of seconds', () => {
    const same = duration(runs(weekday, ...minutes(30, 30, 30, 30, 30, 30)), weekday)
    expect([unusual(36 * 60_000, same), unusual(60 * 60_000, same)]).toEqual([null, 'high'])
    const short = duration(runs(weekday, 900, 1000, 1100, 1000, 950), weekday)
    expect([unusual(3_000, short), unusual(60_000, short)]).toEqual([null, 'high'])
  })

  it('sees a volume of nothing', () => {
    const rows = normOf(runs(weekday, 11_800, 12_100, 12_400, 11_950, 12_050, 12_300), weekday, 'volume')
    expect(rows && [unusual(0, rows), unusual(12_500, rows), unusual(24_000, rows)]).toEqual(['low', null, 'high'])
  })

  it('whatever the runs, lies around their middle, and the same run again is usual', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e8 }), { minLength: 5, maxLength: 80 }), (values) => {
        const norm = duration(runs(weekday, ...values), weekday)
        return norm.low <= norm.median && norm.median <= norm.high && unusual(norm.median, norm) === null
      }),
    )
  })

  it('calls fewer than one in a hundred ordinary runs unusual', () => {
    let seed = 7
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed / 2_147_483_647
    }
    const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
    let told = 0
    for (let i = 0; i < 3_000; i++) {
      const values = Array.from({ length: 8 + (i % 40) }, () => 1.8e6 * Math.exp(0.25 * normal()))
      if (unusual(values[0] ?? 0, duration(runs(weekday, ...values.slice(1)), weekday))) told++
    }
    expect(told / 3_000).toBeLessThan(0.01)
  })
})
