import { expect, test } from 'vitest'
import { fewNames } from './few-names.ts'

test.each([
  ['', ''],
  ['A', 'A'],
  ['A B', 'A and B'],
  ['A B C', 'A, B and C'],
  ['A B C D E', 'A, B and 3 more'],
])('of %s it says %s', (names, words) => expect(fewNames(names.split(' ').map((name) => ({ name })))).toBe(words))
