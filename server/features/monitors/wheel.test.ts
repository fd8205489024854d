import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextTurn } from './phase.ts'
import { createWheel, SLOT } from './wheel.ts'

type Act =
  | { kind: 'put'; item: number; after: number }
  | { kind: 'remove'; item: number }
  | { kind: 'pass'; ms: number }
const acts = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('put' as const),
      item: fc.integer({ min: 0, max: 20 }),
      after: fc.integer({ min: -500, max: 5_000 }),
    }),
    fc.record({ kind: fc.constant('remove' as const), item: fc.integer({ min: 0, max: 20 }) }),
    fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 2_000 }) }),
  ) as fc.Arbitrary<Act>,
  { maxLength: 100 },
)

describe('the wheel', () => {
  it('gives each thing once, never early, at most a slot late, and forgets what was taken away', () => {
    fc.assert(
      fc.property(acts, (all) => {
        const wheel = createWheel<number>()
        const model = new Map<number, number>()
        let now = 1_000_000
        for (const act of all) {
          if (act.kind === 'put') {
            wheel.put(act.item, now + act.after)
            model.set(act.item, Math.ceil((now + act.after) / SLOT) * SLOT)
          } else if (act.kind === 'remove') {
            wheel.remove(act.item)
            model.delete(act.item)
          } else now += act.ms
          expect(wheel.next()).toBe(model.size === 0 ? null : Math.min(...model.values()))
          const expected = [...model].filter(([, at]) => at <= now).sort((a, b) => a[1] - b[1])
          const taken = wheel.take(now)
          expect(taken.map((t) => t.due)).toEqual(expected.map(([, at]) => at))
          expect(taken.map((t) => t.item).sort()).toEqual(expected.map(([item]) => item).sort())
          for (const [item] of expected) model.delete(item)
          expect(wheel.size()).toBe(model.size)
        }
      }),
    )
  })
})

describe('the turns of a monitor', () => {
  it('are one interval apart, in the future, and the same whoever asks', () => {
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.integer({ min: 5, max: 86_400 }),
        fc.integer({ min: 0, max: 2 ** 42 }),
        (id, every, now) => {
          const turn = nextTurn(id, every, now)
          expect(turn).toBeGreaterThan(now)
          expect(turn - now).toBeLessThanOrEqual(every * 1000 + SLOT)
          expect(nextTurn(id, every, turn)).toBe(turn + every * 1000)
          expect(nextTurn(id, every, turn - 1)).toBe(turn)
          expect(turn % SLOT).toBe(0)
        },
      ),
    )
  })

  it('are spread evenly over the interval', () => {
    const perSecond = Array.from({ length: 60 }, () => 0)
    for (let i = 0; i < 6_000; i++) {
      const second = (nextTurn(randomUUID(), 60, 0) / 1000) | 0
      perSecond[second % 60] = (perSecond[second % 60] ?? 0) + 1
    }
    expect(Math.max(...perSecond)).toBeLessThan(160)
    expect(Math.min(...perSecond)).toBeGreaterThan(50)
  })
})
