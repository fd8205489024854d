import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Condition, jobWaits } from '../../../contract/jobs/waits.ts'
import type { ImportedJob } from './define-importer.ts'
import { nightOrder } from './night-order.ts'

/** In which order jobs can run, and who waits in a circle. */

const after = (n: number): Condition => ({ kind: 'job', job: String(n), is: 'succeeded', within: 'same-date' })
const jobOf = (n: number, before: readonly number[]): ImportedJob => ({
  file: 'x',
  line: n + 1,
  externalId: String(n),
  name: `J${n}`,
  schedule: null,
  unscheduled: null,
  command: '',
  host: null,
  tags: [],
  description: '',
  enabled: true,
  graceSeconds: null,
  maxRunSeconds: null,
  waits: jobWaits.parse({ condition: before.length > 0 ? { kind: 'all', of: before.map(after) } : null }),
  attributes: {},
})
/** For each job those before it in the list that it waits for. */
const forward = fc
  .array(fc.array(fc.nat(1_000), { maxLength: 3 }), { minLength: 2, maxLength: 40 })
  .map((all) => all.map((before, n) => (n === 0 ? [] : [...new Set(before.map((b) => b % n))])))

it('jobs that wait only for earlier ones all run, each after those', () => {
  fc.assert(
    fc.property(forward, (edges) => {
      const { points, stuck } = nightOrder(edges.map((before, n) => jobOf(n, before)))
      expect([stuck, points.length]).toEqual([[], edges.length * 2])
      const place = new Map(points.map((point, at) => [point, at]))
      for (const [n, before] of edges.entries())
        for (const b of before) expect(place.get(b * 2 + 1)).toBeLessThan(place.get(n * 2) ?? -1)
    }),
  )
})

it('one edge back along a chain makes exactly that part of it a circle', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(1_000), fc.nat(1_000), (length, a, b) => {
      const [from, to] = [Math.min(a % length, b % length), Math.max(a % length, b % length)]
      const jobs = Array.from({ length }, (_, n) => jobOf(n, [...(n > 0 ? [n - 1] : []), ...(n === from ? [to] : [])]))
      const { stuck } = nightOrder(jobs)
      expect(stuck.map((part) => part.map((j) => j.externalId))).toEqual([
        Array.from({ length: to - from + 1 }, (_, at) => String(from + at)),
      ])
    }),
  )
})

it('a chain of twenty thousand is followed, and a circle of as many is found', () => {
  const chain = Array.from({ length: 20_000 }, (_, n) => jobOf(n, n > 0 ? [n - 1] : []))
  expect(nightOrder(chain).stuck).toEqual([])
  expect(nightOrder([jobOf(0, [19_999]), ...chain.slice(1)]).stuck[0]).toHaveLength(20_000)
})
