import { describe, expect, it } from 'vitest'
import { type HealthSpan, healthOf, stripOf } from './health-rules.ts'

describe('health', () => {
  it.each<[string, Parameters<typeof healthOf>[0], string]>([
    ['nothing open', [], 'ok'],
    ['critical', [{ status: 'firing', severity: 'critical' }], 'down'],
    ['medium', [{ status: 'firing', severity: 'medium' }], 'degraded'],
    ['info', [{ status: 'firing', severity: 'info' }], 'ok'],
    ['blind alone', [{ status: 'blind', severity: 'critical' }], 'unknown'],
    [
      'blind and trouble',
      [
        { status: 'blind', severity: 'critical' },
        { status: 'firing', severity: 'low' },
      ],
      'degraded',
    ],
  ])('with %s: %s', (_what, open, state) => {
    expect(healthOf(open)).toBe(state)
  })

  const strip = (spans: HealthSpan[]) => stripOf(spans, { from: 0, cellMs: 10, cells: 4 })
  it('shows the worst of each cell, and never what it does not know as fine', () => {
    expect(strip([])).toEqual([{ state: 'unobserved', cells: 4 }])
    expect(strip([{ state: 'ok', from: 0, to: 40 }])).toEqual([{ state: 'ok', cells: 4 }])
    expect(
      strip([
        { state: 'ok', from: 0, to: 12 },
        { state: 'down', from: 12, to: 13 },
        { state: 'ok', from: 13, to: 40 },
      ]),
    ).toEqual([
      { state: 'ok', cells: 1 },
      { state: 'down', cells: 1 },
      { state: 'ok', cells: 2 },
    ])
    expect(
      strip([
        { state: 'ok', from: 0, to: 15 },
        { state: 'ok', from: 25, to: 40 },
      ]),
    ).toEqual([
      { state: 'ok', cells: 1 },
      { state: 'unobserved', cells: 2 },
      { state: 'ok', cells: 1 },
    ])
  })
})
