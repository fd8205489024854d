import { expect, test } from 'vitest'
import { nearestFirst } from './found-first.ts'

const found = [
  { title: 'INC-7 Order entry is slow', over: true },
  { title: 'INC-9 Order entry rejects', over: false },
  { title: 'Order entry' },
  { title: 'Order entry gateway answers' },
  { title: 'Reorder stock' },
]
test.each([
  [
    'order entry',
    [
      'Order entry',
      'Order entry gateway answers',
      'INC-9 Order entry rejects',
      'Reorder stock',
      'INC-7 Order entry is slow',
    ],
  ],
  [
    'inc-7',
    [
      'INC-7 Order entry is slow',
      'INC-9 Order entry rejects',
      'Order entry',
      'Order entry gateway answers',
      'Reorder stock',
    ],
  ],
  [
    'order',
    [
      'Order entry',
      'Order entry gateway answers',
      'INC-9 Order entry rejects',
      'Reorder stock',
      'INC-7 Order entry is slow',
    ],
  ],
])('%s', (typed, titles) => {
  expect(nearestFirst(typed, found).map(({ title }) => title)).toEqual(titles)
})
