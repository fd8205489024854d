import { expect, test } from 'vitest'
import { countWithin } from './room.ts'

test.each([
  [[], Number.POSITIVE_INFINITY],
  [[12, 12, 12], Number.POSITIVE_INFINITY],
  // A part of a pixel is no column.
  [[12, 12.4, 12, 480, 480], 3],
  [[12, 480], 1],
])('of rows at %j the first column has %s', (lefts, within) => {
  expect(countWithin(lefts)).toBe(within)
})
