import { expect, test } from 'vitest'
import { nodeSize } from './layout.ts'
import { about, jobAt, wholeIn, zoomedAt } from './view.ts'

const frame = { width: 1_000, height: 600 }
const places = new Map(
  Array.from({ length: 5_000 }, (_, n) => [`J${n}`, { x: (n % 50) * 244, y: Math.floor(n / 50) * 56 }] as const),
)

test('all of a large picture is in its frame, and a small one is not made larger than it is', () => {
  const view = wholeIn(places, frame)
  for (const { x, y } of places.values()) {
    expect(view.x + view.zoom * x).toBeGreaterThanOrEqual(0)
    expect(view.x + view.zoom * (x + nodeSize.width)).toBeLessThanOrEqual(frame.width)
    expect(view.y + view.zoom * y).toBeGreaterThanOrEqual(0)
    expect(view.y + view.zoom * (y + nodeSize.height)).toBeLessThanOrEqual(frame.height)
  }
  expect(wholeIn(new Map([['one', { x: 500, y: 500 }]]), frame).zoom).toBe(1)
})

test('what is under the pointer stays there while it is zoomed, within limits', () => {
  const view = about(places.get('J70'), frame)
  const at = { x: 500, y: 300 }
  expect(jobAt(places, view, at)).toEqual({ id: 'J70', fold: false })
  for (const by of [0.5, 1.3]) expect(jobAt(places, zoomedAt(view, by, at), at)?.id).toBe('J70')
  expect(zoomedAt(view, 1e6, at).zoom).toBe(1.5)
  expect(zoomedAt(view, 1e-6, at).zoom).toBe(0.02)
})

test('a box is folded at its left end, and between the jobs there is none', () => {
  const view = { x: 0, y: 0, zoom: 1 }
  expect(jobAt(places, view, { x: 10, y: 10 })).toEqual({ id: 'J0', fold: true })
  expect(jobAt(places, view, { x: 100, y: 10 })).toEqual({ id: 'J0', fold: false })
  expect(jobAt(places, view, { x: nodeSize.width + 10, y: 10 })).toBeUndefined()
})
