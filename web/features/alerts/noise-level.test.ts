import { expect, test } from 'vitest'
import { levelOf } from './noise-level.ts'

test.each([
  [0, 100, 0],
  [1, 10_000, 1],
  [1, 1, 6],
  [25, 100, 3],
  [100, 100, 6],
  [0, 0, 0],
])('%i of at most %i is %i dark', (count, most, level) => {
  expect(levelOf(count, most)).toBe(level)
})
