import { expect, test } from 'vitest'
import { runsOf } from './signal-runs.ts'

const signal = (id: string, summary: string, kind: 'firing' | 'resolved' = 'firing') => ({
  ...{ id, at: `2026-11-23T07:${id}:00Z`, happenedAt: `2026-11-23T07:${id}:00Z`, kind, severity: 'high' as const },
  ...{ summary, notes: [] },
})

test('what is only repeated is one row, and nothing is lost or put in another order', () => {
  const signals = [
    signal('09', 'over', 'resolved'),
    signal('08', 'a'),
    signal('07', 'a'),
    signal('06', 'b'),
    signal('05', 'a'),
  ]
  const runs = runsOf(signals)
  expect(runs.map(({ newest, count, since }) => [newest.id, count, since.slice(14, 16)])).toEqual([
    ['09', 1, '09'],
    ['08', 2, '07'],
    ['06', 1, '06'],
    ['05', 1, '05'],
  ])
  expect(runsOf([])).toEqual([])
})
