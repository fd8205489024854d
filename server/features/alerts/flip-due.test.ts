import { describe, expect, it } from 'vitest'
import { createFloodGauge } from './flip-due.ts'
import { createLimiter } from './intake-limit.ts'

describe('a flood', () => {
  it('begins after 20 flips within a second of one source, and is over a second later', () => {
    let now = 10_000
    const priority = createFloodGauge(() => now)
    const many = (n: number, source = 'a') => Array.from({ length: n }, () => priority(source))
    expect(many(20)).toEqual(Array(20).fill(1))
    expect(many(3)).toEqual([2, 2, 2])
    expect(priority('b')).toBe(1)
    now += 1_300
    expect(priority('a')).toBe(1)
    expect(many(60).at(-1)).toBe(2)
    now += 5_000
    expect(priority('a')).toBe(1)
  })

  it('of requests is counted by the second and the key', () => {
    let now = 10_000
    const limit = createLimiter(() => now)
    expect([limit('a', 2), limit('a', 2), limit('a', 2), limit('b', 2)]).toEqual([null, null, 1, null])
    now += 1_000
    expect(limit('a', 2)).toBeNull()
  })
})
