import { expect, test } from 'vitest'
import { belongsTo, every, percent } from './words.ts'

test.each([
  [5, '5 s'],
  [60, '1 min'],
  [90, '1 min 30 s'],
  [3600, '1 h'],
  [5400, '1 h 30 min'],
  [86_400, '1 d'],
])('every %s', (seconds, words) => expect(every(seconds)).toBe(words))

test.each([
  [100, '100 %'],
  [99.999, '99.99 %'],
  [99.9, '99.90 %'],
  [0, '0.00 %'],
  [null, 'no data'],
])('%s percent is never rounded up', (value, words) => expect(percent(value)).toBe(words))

test('where it belongs', () => {
  expect(belongsTo({ service: { name: 'Order entry' }, environment: 'prod' })).toBe('Order entry · prod')
  expect(belongsTo({ service: null, environment: 'uat' })).toBe('uat')
})
