import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lastWait, nextStep, rehearse, type Snapshot, waitAfter } from './steps.ts'

const policy = (delays: number[], repeats = 0): Snapshot => ({
  name: 'Markets',
  steps: delays.map((delayMinutes) => ({ delayMinutes, targets: [{ kind: 'user', id: 'ann' }] })),
  repeats,
  ackTimeoutMinutes: null,
})
const told = (p: Snapshot, reached: boolean[]) =>
  rehearse(p, reached).steps.map(({ round, step, atMinutes }) => `${round}.${step} +${atMinutes}`)

describe('a rehearsal', () => {
  it('takes each step when its delay is over, round by round', () => {
    expect(told(policy([0, 5, 10], 1), [true, true, true])).toEqual([
      '0.0 +0',
      '0.1 +5',
      '0.2 +15',
      '1.0 +25',
      '1.1 +30',
      '1.2 +40',
    ])
    expect(rehearse(policy([0, 5, 10], 1), [true, true, true]).endsAtMinutes).toBe(50)
  })
  it('does not wait for a step that reaches nobody, but for the next round it does', () => {
    expect(told(policy([0, 5, 10], 1), [false, true, false])).toEqual([
      '0.0 +0',
      '0.1 +0',
      '0.2 +10',
      '1.0 +20',
      '1.1 +20',
      '1.2 +30',
    ])
  })
  it('gives a single step five minutes at least', () => {
    expect(rehearse(policy([0]), [true]).endsAtMinutes).toBe(5)
    expect(rehearse(policy([0], 2), [false]).endsAtMinutes).toBe(15)
  })
  it('is the sum of the waits that a page makes', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 6 })
    const flags = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(delays, fc.integer({ min: 0, max: 9 }), flags, (d, repeats, reached) => {
        const p = policy([0, ...d.slice(1)], repeats)
        const { steps, endsAtMinutes } = rehearse(p, reached)
        expect(steps).toHaveLength(d.length * (repeats + 1))
        const waits = steps.map((s) => waitAfter(p, s, reached[s.step] ?? false))
        expect(endsAtMinutes).toBe(waits.reduce((a, b) => a + b, 0))
        for (const [i, s] of steps.entries())
          expect(nextStep(p, s)).toEqual(steps[i + 1] ? expect.objectContaining({ step: steps[i + 1]?.step }) : null)
        expect(lastWait(p)).toBeGreaterThanOrEqual(5)
      }),
    )
  })
})
