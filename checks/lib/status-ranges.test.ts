import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isExpectedStatus, parseStatusRanges } from './status-ranges.ts'

it('reads codes and ranges, with any blanks', () => {
  expect(parseStatusRanges(' 200 - 299,401 ')).toEqual([
    { from: 200, to: 299 },
    { from: 401, to: 401 },
  ])
})

it.each(['', '200,', '2xx', '99', '600', '200-', '-200', '200-299-300', '200;201'])('refuses "%s"', (text) => {
  expect(() => parseStatusRanges(text)).toThrow('must be status codes and ranges')
})

it('refuses a range that runs backwards', () => {
  expect(() => parseStatusRanges('299-200')).toThrow('299-200 runs backwards')
})

it('expects exactly what lies in one of the ranges', () => {
  const code = fc.integer({ min: 100, max: 599 })
  fc.assert(
    fc.property(fc.array(fc.tuple(code, code), { minLength: 1, maxLength: 5 }), code, (pairs, status) => {
      const ranges = pairs.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
      const parsed = parseStatusRanges(ranges.map((range) => range.join('-')).join(', '))
      expect(isExpectedStatus(parsed, status)).toBe(ranges.some(([low, high]) => low <= status && status <= high))
    }),
  )
})
