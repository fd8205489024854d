import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DayClass, dayClassOf, mad, median, normFor, quantile, sampleOf, unusual } from './statistics.ts'

const dayOf = (date: string) => Temporal.Instant.from(`${date}T00:00:00Z`).epochMilliseconds / 86_400_000
/** London at Christmas 2026: Friday the 25th and, for the Saturday, Monday the 28th are bank holidays. */
const holidays = new Set(['2026-12-25', '2026-12-28', '2027-01-01'].map(dayOf))
const london = { isOpen: (day: number) => ((day + 3) % 7) + 1 <= 5 && !holidays.has(day) }

describe('the class of a day', () => {
  it.each([
    ['2026-12-01', 'weekday'],
    ['2026-11-30', 'month-end'],
    ['2026-12-07', 'monday'],
    ['2026-12-05', 'weekend'],
    ['2026-12-24', 'weekday'],
    ['2026-12-25', 'weekend'],
    ['2026-12-28', 'weekend'],
    ['2026-12-29', 'after-holiday'],
    ['2026-12-31', 'quarter-end'],
    ['2027-01-04', 'after-holiday'],
    ['2027-01-29', 'month-end'],
    ['2027-01-31', 'weekend'],
  ] as const)('%s is a %s in London', (date, is) => {
    expect(dayClassOf(dayOf(date), london)).toBe(is)
  })

  it('without a calendar holidays are days like others', () => {
    expect(dayClassOf(dayOf('2026-12-28'))).toBe('monday')
    expect(dayClassOf(dayOf('2026-12-29'))).toBe('weekday')
  })
})

describe('median, MAD and quantiles', () => {
  it('are those of the textbook', () => {
    expect(median([7, 1, 3])).toBe(3)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(mad([1, 1, 2, 2, 4, 6, 9])).toBe(1)
    expect(quantile([10, 20, 30, 40, 50], 0.9)).toBe(46)
  })
})

const runs = (dayClass: DayClass, ...values: number[]) => values.map((value) => ({ value, dayClass }))
const minutes = (...of: number[]) => of.map((m) => m * 60_000)
const usual = minutes(42, 40, 45, 41, 43, 44, 39, 42, 46, 41)

describe('what is usual', () => {
  const history = [...runs('weekday', ...usual), ...runs('month-end', ...minutes(118, 125, 121, 130, 122))]

  it('is measured by days of the same class', () => {
    const weekday = normFor(history, 'weekday', 'duration')
    const monthEnd = normFor(history, 'month-end', 'duration')
    if (!weekday || !monthEnd) throw new Error('there are enough runs')
    const [two] = minutes(120)
    expect(unusual(two ?? 0, weekday)).toBe('high')
    expect(unusual(two ?? 0, monthEnd)).toBeNull()
    expect(unusual(42 * 60_000, monthEnd)).toBe('low')
    expect([weekday.n, monthEnd.n, monthEnd.exact]).toEqual([10, 5, true])
  })

  it('is measured by the nearest other days while there are too few of its own, and then more widely', () => {
    expect(sampleOf(history, 'quarter-end')?.of).toEqual(['month-end', 'quarter-end'])
    expect(sampleOf(runs('weekday', ...usual), 'quarter-end')?.exact).toBe(false)
    const norm = normFor(runs('weekday', ...usual), 'quarter-end', 'duration')
    const own = normFor(runs('weekday', ...usual), 'weekday', 'duration')
    expect(norm && own && norm.high > own.high * 1.3).toBe(true)
  })

  it('is not known of four runs', () => {
    expect(normFor(runs('weekday', ...usual.slice(0, 4)), 'weekday', 'duration')).toBeNull()
  })

  it('is not moved by two bad nights', () => {
    const bad = [...runs('weekday', ...minutes(300, 280)), ...runs('weekday', ...usual)]
    const norm = normFor(bad, 'weekday', 'duration')
    expect(norm && unusual(280 * 60_000, norm)).toBe('high')
  })

  it('leaves alone what always takes the same, and the jitter of seconds', () => {
    const same = normFor(runs('weekday', ...minutes(30, 30, 30, 30, 30, 30)), 'weekday', 'duration')
    expect(same && [unusual(36 * 60_000, same), unusual(60 * 60_000, same)]).toEqual([null, 'high'])
    const short = normFor(runs('weekday', 900, 1000, 1100, 1000, 950), 'weekday', 'duration')
    expect(short && [unusual(3_000, short), unusual(60_000, short)]).toEqual([null, 'high'])
  })

  it('sees a volume of nothing', () => {
    const rows = normFor(runs('weekday', 11_800, 12_100, 12_400, 11_950, 12_050, 12_300), 'weekday', 'volume')
    expect(rows && [unusual(0, rows), unusual(12_500, rows), unusual(24_000, rows)]).toEqual(['low', null, 'high'])
  })

  it('whatever the runs, lies around their middle, and the same run again is usual', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e8 }), { minLength: 5, maxLength: 80 }), (values) => {
        const norm = normFor(runs('monday', ...values), 'monday', 'duration')
        if (!norm) return false
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
      const norm = normFor(runs('weekday', ...values.slice(1)), 'weekday', 'duration')
      if (norm && unusual(values[0] ?? 0, norm)) told++
    }
    expect(told / 3_000).toBeLessThan(0.01)
  })
})
