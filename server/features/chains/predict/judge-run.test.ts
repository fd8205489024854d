import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeRun, usualJudging } from './judge-run.ts'
import { sorted } from './robust.ts'

const minutes = (...values: number[]) => sorted(values.map((v) => v * 60))
const tens = minutes(9, 10, 10, 11, 10, 9.5, 10.5, 10, 11, 9)

describe('a run beside others', () => {
  it.each<[string, number, ReturnType<typeof sorted>, Partial<typeof usualJudging>, string]>([
    ['as long as ever', 10.4 * 60, tens, {}, 'usual'],
    ['twice as long', 20 * 60, tens, {}, 'high'],
    ['a third as long', 3 * 60, tens, {}, 'low'],
    ['one of few', 20 * 60, minutes(10, 10, 10), {}, 'unknown'],
    ['half a minute more than always the same', 90, sorted(Array(20).fill(60)), {}, 'usual'],
    ['three minutes more than always the same', 240, sorted(Array(20).fill(60)), {}, 'high'],
    ['one wild night does not hide the next', 20 * 60, minutes(9, 10, 10, 11, 10, 9.5, 10.5, 10, 11, 300), {}, 'high'],
    ['no rows', 0, sorted([9_000, 9_500, 10_000, 9_800, 9_900, 9_700, 9_600, 10_100]), { floor: 0 }, 'low'],
    ['no rows, as ever', 0, sorted(Array(20).fill(0)), { floor: 0 }, 'usual'],
    ['rows as ever', 9_990, sorted([9_000, 9_500, 10_000, 9_800, 9_900, 9_700, 9_600, 10_100]), { floor: 0 }, 'usual'],
  ])('%s', (_, value, samples, options, verdict) =>
    expect(judgeRun(value, samples, { ...usualJudging, ...options }).verdict).toBe(verdict),
  )

  it('is unusual where it lies outside the band that is told, and only there', () => {
    const values = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 8, maxLength: 60 }).map(sorted)
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 20_000 }), (samples, value) => {
        const { verdict, from, to } = judgeRun(value, samples)
        const inside = value >= (from as number) - 1e-6 && value <= (to as number) + 1e-6
        expect(verdict === 'usual').toBe(inside)
      }),
    )
  })
})
