import { describe, expect, it } from 'vitest'
import type { CheckResult } from '../../../checks/lib/result.ts'
import { createStallWatch, honest } from './honest.ts'

const seen = (code: string, ms: number): CheckResult => ({
  outcome: code === 'slow' ? 'degraded' : code === 'ok' ? 'ok' : 'failed',
  code,
  message: code,
  ms,
  facts: [],
})

describe('a look during which this process stood still', () => {
  it.each([
    ['fine is fine', 'ok', 5_000, 4_900, 'ok'],
    ['no answer in its full time', 'timeout', 10_000, 0, 'timeout'],
    ['no answer in most of its time', 'timeout', 10_000, 3_000, 'timeout'],
    ['no answer, but it had little time', 'timeout', 10_000, 6_000, 'stalled'],
    ['frozen for a minute', 'timeout', 60_000, 59_900, 'stalled'],
    ['slow by itself', 'slow', 900, 50, 'slow'],
    ['slow because of us', 'slow', 900, 200, 'stalled'],
    ['refused is refused', 'refused', 900, 800, 'refused'],
  ])('%s', (_what, code, ms, stalled, expected) => {
    const result = honest(seen(code, ms), stalled, { timeoutSeconds: 10, slowMs: 800 })
    expect(result.code).toBe(expected)
    expect(result.outcome).toBe(expected === 'stalled' ? 'blind' : seen(code, ms).outcome)
  })
})

describe('the watch over stalls', () => {
  it('knows how long the process stood still, also before its own tick had its turn', () => {
    let now = 1_000
    const watch = createStallWatch(() => now)
    now = 1_150
    expect(watch.between(1_000, now)).toBe(0)
    now = 6_000
    expect(watch.between(1_000, now)).toBe(4_900)
    expect(watch.between(1_000, 3_000)).toBe(1_900)
    expect(watch.between(6_000, now)).toBe(0)
    now = 6_050
    expect(watch.between(500, now)).toBe(4_900)
    watch.stop()
  })
})
