import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { everyHalfMinute, learnServerTime, serverNow } from './now.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  learnServerTime(Date.now())
  vi.useRealTimers()
})

test('what shows the time is told each half minute, and at once when the server says another', () => {
  const told = vi.fn()
  const stop = everyHalfMinute(told)
  vi.advanceTimersByTime(30_000)
  expect(told).toHaveBeenCalledTimes(1)
  // A laptop that slept, or whose clock was set.
  learnServerTime(Date.now() + 3_600_000)
  expect(told).toHaveBeenCalledTimes(2)
  expect(serverNow()).toBe(Date.now() + 3_600_000)
  // The network, and whole seconds.
  learnServerTime(Date.now() + 3_599_000)
  expect(told).toHaveBeenCalledTimes(2)
  stop()
  learnServerTime(Date.now())
  expect(told).toHaveBeenCalledTimes(2)
})
