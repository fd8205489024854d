import { expect, test } from 'vitest'
import type { GraphJob } from '../../../../contract/chains/graph.ts'
import { closedFirst, folded } from './fold.ts'
import { placesOf } from './layout.ts'

const job = (id: string, level: number, more: Partial<GraphJob> = {}): GraphJob => ({
  id,
  name: id.toUpperCase(),
  service: null,
  team: null,
  environment: 'prod',
  origin: null,
  isBox: false,
  box: null,
  level,
  state: 'ok',
  condition: null,
  deadlines: [],
  hasMore: { up: false, down: false },
  ...more,
})
const edge = (from: string, to: string) => ({ from, to, mutex: false, drawn: null })
const around = {
  jobs: [
    job('feed', -2),
    job('box', -1, { isBox: true }),
    job('a', -1, { box: 'box' }),
    job('b', -1, { box: 'box' }),
    job('report', 0),
  ],
  edges: [edge('feed', 'a'), edge('feed', 'b'), edge('a', 'b'), edge('b', 'report')],
}

test('a closed box stands for its members, with their lines each once', () => {
  const { jobs, edges } = folded(around, new Set(['box']))
  expect(jobs.map(({ id, members }) => [id, members])).toEqual([
    ['feed', 0],
    ['box', 2],
    ['report', 0],
  ])
  expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual(['feed box', 'box report'])
  expect(folded(around, new Set()).jobs).toHaveLength(5)
})

test('where there is much to read, boxes begin closed, but not that of the job in the middle', () => {
  const many = {
    ...around,
    jobs: [...around.jobs, job('other', 1, { isBox: true }), ...Array.from({ length: 80 }, (_, i) => job(`m${i}`, 1))],
  }
  expect(closedFirst(around, 'a')).toEqual(new Set())
  expect(closedFirst(many, 'a')).toEqual(new Set(['other']))
})

test('boxes that are in each other fold without an end', () => {
  const round = { jobs: [job('x', 0, { isBox: true, box: 'y' }), job('y', 0, { isBox: true, box: 'x' })], edges: [] }
  expect(folded(round, new Set(['x'])).jobs.length).toBeGreaterThan(0)
})

test.each([5, 900])('with %i jobs what is waited for stands left of what waits', (count) => {
  const chain = Array.from({ length: count }, (_, i) => job(`j${i}`, i % 50))
  const edges = chain.slice(50).map((one, i) => edge(`j${i}`, one.id))
  const line = count > 50 ? edges : [edge('j0', 'j1'), edge('j1', 'j2')]
  const graph = folded({ jobs: chain, edges: count > 50 ? [edge('j0', 'j1')] : line }, new Set())
  const places = placesOf(graph)
  expect(places.size).toBe(count)
  expect(places.get('j0')?.x).toBeLessThan(places.get('j1')?.x ?? 0)
  expect(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(count)
})
