import { expect, test } from 'vitest'
import { nextCursor } from './list.ts'

test('the cursor stays on its row when rows come and go around it', () => {
  expect(nextCursor(['n', 'a', 'b'], 'b', 1)).toBe('b')
})

test('after an act the next row has the cursor', () => {
  expect(nextCursor(['a', 'c'], 'b', 1)).toBe('c')
})

test('after an act on the last row the one before it has the cursor', () => {
  expect(nextCursor(['a', 'b'], 'c', 2)).toBe('b')
})

test('an empty list has none, and none stays none', () => {
  expect(nextCursor([], 'a', 0)).toBeUndefined()
  expect(nextCursor(['a'], undefined, 0)).toBeUndefined()
})
