import { expect, test } from 'vitest'
import { type ChartAnswer, chartOf, pointWords } from './chart-of.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 26, 7, minute)).toISOString()
const point = (minute: number, p95Ms: number | null) => ({
  at: at(minute),
  looks: 1,
  failures: 0,
  blind: 0,
  avgMs: p95Ms,
  p95Ms,
  maxMs: p95Ms,
})
const answer: ChartAnswer = {
  from: at(0),
  to: at(60),
  bucketSeconds: 60,
  points: [point(1, 41.4), point(2, 6.25), point(3, null), point(10, 40)],
  flips: [
    { at: at(3), state: 'down', message: 'refused the connection' },
    { at: at(5), state: 'unobserved', message: null },
    { at: at(10), state: 'up', message: null },
  ],
  spans: [
    { from: at(3), to: at(5), state: 'down' },
    { from: at(5), to: at(10), state: 'unobserved' },
  ],
}

test('the line is interrupted where nobody looked, and where nothing was answered', () => {
  const chart = chartOf(answer, 60)
  expect(chart.series[0]?.values).toEqual([41, 6.3, null, null, 40])
  expect(chart.times).toHaveLength(5)
  expect(chart.times).toEqual(chart.times.toSorted((a, b) => a - b))
})

test('looks that are further apart than the buckets are still one line', () => {
  const sparse = { ...answer, bucketSeconds: 10, points: [point(1, 40), point(6, 41), point(11, 42)] }
  expect(chartOf(sparse, 300).series[0]?.values).toEqual([40, 41, 42])
  expect(chartOf(sparse, 60).series[0]?.values).toEqual([40, null, 41, null, 42])
})

test('flips are marked and trouble is shaded; what was not observed is no flip', () => {
  const chart = chartOf(answer, 60)
  expect(chart.flips?.map(({ tone, words }) => [tone, words])).toEqual([
    ['down', 'down: refused the connection'],
    ['ok', 'up'],
  ])
  expect(chart.spans?.map(({ tone, words }) => [tone, words])).toEqual([
    ['down', 'down'],
    ['blind', 'not observed'],
  ])
})

test('it is said what a point stands for', () => {
  expect(pointWords(answer, 60)).toBe('each look, ms')
  expect(pointWords({ ...answer, bucketSeconds: 900 }, 60)).toBe('p95 of 15 min, ms')
})
