import { expect, test } from 'vitest'
import { columnsThatFit, nextCursor } from './list.ts'

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

const columns = [{ width: 48 }, { width: 72 }, { main: true }, { width: 112 }, { width: 78, from: 560 }]

test('columns that ask for more room are left out, then those at the right, and the name keeps its room', () => {
  expect(columnsThatFit(columns, 900)).toEqual(columns)
  expect(columnsThatFit(columns, 500)).toEqual(columns.slice(0, 4))
  expect(columnsThatFit(columns, 310)).toEqual(columns.slice(0, 3))
  expect(columnsThatFit(columns, 236)).toEqual([columns[0], columns[2]])
})

test('the first column and the name stay, however narrow it is; nothing is left out before it was measured', () => {
  expect(columnsThatFit(columns, 60)).toEqual([columns[0], columns[2]])
  expect(columnsThatFit(columns, 0)).toEqual(columns)
})
