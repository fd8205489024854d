import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DeadlineState, judge, limitsFor, usualLimits } from './verdict.ts'

const standing = { now: 0, due: 100, endedAt: null, blocked: null, miss: 0 }

describe('the state of a deadline', () => {
  it.each<[Partial<Parameters<typeof judge>[0]>, DeadlineState | null, DeadlineState]>([
    [{ miss: 0.2 }, null, 'on-time'],
    [{ miss: 0.21 }, null, 'at-risk'],
    [{ miss: 0.5 }, null, 'at-risk'],
    [{ miss: 0.51 }, null, 'predicted-late'],
    [{ miss: 0.19 }, 'at-risk', 'at-risk'],
    [{ miss: 0.13 }, 'at-risk', 'on-time'],
    [{ miss: 0.36 }, 'predicted-late', 'predicted-late'],
    [{ miss: 0.34 }, 'predicted-late', 'at-risk'],
    [{ miss: 0.13 }, 'predicted-late', 'on-time'],
    [{ miss: 0.36 }, 'at-risk', 'at-risk'],
    [{ miss: null }, 'at-risk', 'no-statistics'],
    [{ miss: 1, blocked: { why: 'held', by: 3 } }, 'on-time', 'blocked'],
    [{ miss: 1, now: 101, blocked: { why: 'held', by: 3 } }, 'blocked', 'late'],
    [{ miss: 0, endedAt: 90, now: 101 }, 'on-time', 'done'],
    [{ miss: 1, endedAt: 110, now: 120 }, 'late', 'done'],
  ])('%j after %s is %s', (what, before, state) => expect(judge({ ...standing, ...what }, before)).toBe(state))

  it.each([
    [null, usualLimits],
    [0.8, { ...usualLimits, predictedLate: 0.8 }],
    [0.1, { ...usualLimits, predictedLate: 0.1, atRisk: expect.closeTo(0.04) }],
  ])('goes by the limit %s of its own', (limit, limits) => expect(limitsFor(limit)).toEqual(limits))

  it('does not go to and fro while the odds move little around a limit', () => {
    const near = fc
      .constantFrom(0.2, 0.5)
      .chain((limit) => fc.array(fc.double({ min: limit - 0.05, max: limit + 0.05, noNaN: true }), { minLength: 2 }))
    fc.assert(
      fc.property(near, (odds) => {
        let state: DeadlineState | null = null
        let changes = 0
        for (const miss of odds) {
          const next: DeadlineState = judge({ ...standing, miss }, state)
          if (state !== null && next !== state) changes++
          state = next
        }
        expect(changes).toBeLessThanOrEqual(1)
      }),
    )
  })
})
