import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../../../../test/harness/chains.ts'
import { quantile, sorted } from '../../../platform/robust.ts'
import { shareBelow, zAt } from './normal.ts'
import { type Spread, TABLE, timesTable } from './quantiles.ts'
import { expectedPause, repairsOf } from './repairs.ts'

const spread = (more: Partial<Spread> = {}): Spread => ({
  basis: 'class',
  samples: sorted(Array.from({ length: 59 }, (_, k) => 600 + 10 * k)),
  p50: 890,
  failing: 0,
  repairs: sorted([]),
  elapsed: 0,
  mending: -1,
  retries: 0,
  killAfter: Number.POSITIVE_INFINITY,
  ...more,
})
const share = (table: Float32Array, when: (seconds: number) => boolean) => table.filter(when).length / TABLE

describe('a table of times', () => {
  it('spreads as the runs on record do, with one in sixty beyond the longest', () => {
    const table = timesTable(spread())
    for (const part of [0.1, 0.25, 0.5, 0.75, 0.9])
      expect(Math.abs(quantile(Float64Array.from(table), part) - quantile(spread().samples, part))).toBeLessThan(10)
    expect(share(table, (t) => t > 1180)).toBeCloseTo(1 / 60, 2)
    expect(Math.max(...table)).toBeLessThan(1180 + 1_000)
  })
  it('of one that runs already is what is left of it', () => {
    const table = timesTable(spread({ elapsed: 1000 }))
    expect(Math.min(...table)).toBeGreaterThanOrEqual(1000)
    expect(quantile(Float64Array.from(table), 0.5)).toBeCloseTo(1092, -1)
    const outside = timesTable(spread({ elapsed: 3600 }))
    expect(Math.min(...outside)).toBeGreaterThanOrEqual(3600)
    expect(outside.reduce((sum, t) => sum + t, 0) / TABLE).toBeCloseTo(3600 * 1.1, -2)
  })
  it.each([
    ['is tried again', { retries: 1 }, 0.1, false],
    ['is mended', { repairs: sorted([1800, 1800, 1800]) }, 0.1, false],
    ['fails, and nobody knows how long it takes to mend', {}, 0.1, true],
  ])('in one of ten nights %s', (_, more, part, forGood) => {
    const table = timesTable(spread({ failing: 0.1, ...more }))
    if (forGood) expect(share(table, (t) => t === Number.POSITIVE_INFINITY)).toBeCloseTo(part, 1)
    else expect(share(table, (t) => t > 1250)).toBeCloseTo(part, 1)
  })
  it('ends when its scheduler kills it', () => {
    const table = timesTable(spread({ killAfter: 890 }))
    expect(share(table, (t) => t === Number.POSITIVE_INFINITY)).toBeCloseTo(0.5, 1)
    const mended = timesTable(spread({ killAfter: 890, repairs: sorted([600]) }))
    expect(share(mended, (t) => t > 890 + 600)).toBeCloseTo(0.5, 1)
  })
  it('of one that is to be started again is the pause that is left, and one run', () => {
    const table = timesTable(spread({ mending: 300, repairs: sorted([60, 1200, 1200, 1200]) }))
    expect(quantile(Float64Array.from(table), 0.5)).toBeCloseTo(1200 + 890, -2)
  })
  it('is in ascending order and never of less than has gone by', () => {
    const samples = fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 60 }).map(sorted)
    const anything = fc.record({
      basis: fc.constantFrom('class', 'few', 'typical', 'none'),
      samples,
      failing: fc.double({ min: 0, max: 0.9, noNaN: true }),
      repairs: fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 5 }).map(sorted),
      elapsed: fc.integer({ min: 0, max: 6_000 }),
      mending: fc.constantFrom(-1, -1, 100),
      retries: fc.nat(2),
    }) as fc.Arbitrary<Partial<Spread>>
    fc.assert(
      fc.property(anything, (more) => {
        const table = timesTable(spread(more))
        expect([...table]).toEqual([...table].toSorted((a, b) => a - b))
        if ((more.mending ?? -1) < 0) expect(table[0]).toBeGreaterThanOrEqual((more.elapsed ?? 0) * 0.999)
        expect(table.some(Number.isNaN)).toBe(false)
      }),
    )
  })
})

describe('pauses until a job is started again', () => {
  const failedAt = (...repairs: number[]) => ({ ...modelOf([10]), repairs: sorted(repairs) })
  it('are its own where there are three, else those of all, else nobody knows', () => {
    const repairs = repairsOf([failedAt(60, 60, 60), failedAt(600), failedAt(), failedAt(700)])
    expect([...(repairs(0) ?? [])]).toEqual([60, 60, 60])
    expect([...(repairs(2) ?? [])]).toEqual([60, 60, 60, 600, 700])
    expect(repairsOf([failedAt(60), failedAt()])(0)).toBeNull()
  })
  it('are longer than what has gone by', () => {
    expect(expectedPause(sorted([60, 600, 900, 1000]), 100)).toBe(900)
    expect(expectedPause(sorted([60]), 100)).toBeCloseTo(110)
  })
})

describe('the bell curve', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413],
    [-1.645, 0.05],
    [1.96, 0.975],
  ])('below %s lies %s', (z, part) => {
    expect(shareBelow(z)).toBeCloseTo(part, 3)
    expect(zAt(part)).toBeCloseTo(z, 2)
  })
})
