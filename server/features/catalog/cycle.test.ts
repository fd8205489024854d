import fc from 'fast-check'
import { expect, test } from 'vitest'
import { circleThrough, type Edge, findPath } from './cycle.ts'

const edges = (...pairs: string[]): Edge[] => pairs.map((p) => ({ from: p.charAt(0), to: p.charAt(1) }))

test.each([
  ['nothing there', edges(), 'ab', null],
  ['a second way down is no circle', edges('ab', 'bd', 'ac'), 'cd', null],
  ['straight back', edges('ab'), 'ba', ['b', 'a', 'b']],
  ['over two', edges('ab', 'bc'), 'ca', ['c', 'a', 'b', 'c']],
  ['the shortest way round', edges('ab', 'bc', 'cd', 'ac'), 'da', ['d', 'a', 'c', 'd']],
  ['itself', edges(), 'aa', ['a', 'a']],
])('%s', (_, known, added, circle) => {
  expect(circleThrough(known, edges(added)[0] as Edge)).toEqual(circle)
})

const node = fc.nat(12).map(String)

test('edges that were let in one by one can always be put in an order, and those refused could not', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ from: node, to: node }), { maxLength: 60 }), (wished) => {
      const kept: Edge[] = []
      for (const edge of wished) {
        const circle = circleThrough(kept, edge)
        if (circle) {
          // The circle told is real: each of its steps is an edge.
          const all = [...kept, edge]
          for (let i = 1; i < circle.length; i++) {
            expect(all.some((e) => e.from === circle[i - 1] && e.to === circle[i])).toBe(true)
          }
          expect(circle.at(0)).toBe(circle.at(-1))
        } else kept.push(edge)
      }
      expect(hasOrder(kept)).toBe(true)
    }),
  )
})

// Kahn's algorithm, written apart from what it judges.
const hasOrder = (graph: readonly Edge[]): boolean => {
  let left = [...graph]
  for (;;) {
    const targets = new Set(left.map((e) => e.to))
    const rest = left.filter((e) => targets.has(e.from))
    if (rest.length === left.length) return left.length === 0
    left = rest
  }
}

test('a path leads along edges from one end to the other', () => {
  expect(findPath(edges('ab', 'bc', 'xc'), 'a', 'c')).toEqual(['a', 'b', 'c'])
  expect(findPath(edges('ab'), 'b', 'a')).toBeNull()
})
