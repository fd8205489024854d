import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMovedTeller } from './tell-moved.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('jobs of many pings are told together, each once, and of a flood no more than so many', () => {
  const told: (readonly string[])[] = []
  const tell = createMovedTeller({ moved: (subjects) => void told.push(subjects) })
  tell(['a', 'b'])
  tell(['a'])
  expect(told).toEqual([])
  vi.advanceTimersByTime(1_000)
  expect(told).toEqual([['job:a', 'job:b']])
  tell(Array.from({ length: 1_000 }, (_, at) => String(at)))
  tell(['a'])
  vi.advanceTimersByTime(1_000)
  expect(told.map((one) => one.length)).toEqual([2, 50])
  tell(['a'])
  vi.advanceTimersByTime(1_000)
  expect(told.at(-1)).toEqual(['job:a'])
})
