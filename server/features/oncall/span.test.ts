import fc from 'fast-check'
import { expect, it } from 'vitest'
import { complement, type Span, union, within } from './span.ts'

const spans = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 12 }))
    .map(([from, length]) => ({ from, to: from + length })),
  { maxLength: 8 },
)
const moments = Array.from({ length: 60 }, (_, i) => i)
const held = (list: readonly Span[]) => moments.filter((at) => list.some(({ from, to }) => from <= at && at < to))
const inOrder = (list: readonly Span[]) =>
  list.every(({ from, to }, i) => from < to && from >= (list[i - 1]?.to ?? Number.NEGATIVE_INFINITY))

it('spans combine as their moments do', () => {
  fc.assert(
    fc.property(spans, spans, (a, b) => {
      const [one, two] = [union(a), union(b)]
      expect(held(one)).toEqual(held(a))
      expect(held(within(one, two))).toEqual(held(one).filter((at) => held(two).includes(at)))
      expect(held(complement(one, 5, 45))).toEqual(
        moments.filter((at) => at >= 5 && at < 45 && !held(one).includes(at)),
      )
      for (const list of [one, within(one, two), complement(one, 5, 45)]) expect(inOrder(list)).toBe(true)
    }),
  )
})

it('pieces keep what they carry', () => {
  expect(
    within(
      [{ from: 0, to: 10, who: 'ann' }],
      [
        { from: 2, to: 3 },
        { from: 8, to: 20 },
      ],
    ),
  ).toEqual([
    { from: 2, to: 3, who: 'ann' },
    { from: 8, to: 10, who: 'ann' },
  ])
})
