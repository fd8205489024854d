import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JobDef } from './definitions.ts'
import { incidentFindings } from './incidents.ts'
import { durationModel } from './predict/durations.ts'
import { slowdownOf, slowed, type WatchedRun } from './slowdown.ts'

const runs = (job: string, quiet: number[], wrong: number[]): WatchedRun[] => [
  ...quiet.map((seconds) => ({ job, seconds, wrong: false })),
  ...wrong.map((seconds) => ({ job, seconds, wrong: true })),
]
const many = (n: number, seconds: number) => Array.from({ length: n }, () => seconds)

describe('how much longer jobs take while an incident is open', () => {
  it.each<[string, WatchedRun[], unknown]>([
    [
      'half as long again, of two jobs together',
      [...runs('a', many(6, 100), many(4, 150)), ...runs('b', many(6, 20), many(4, 30))],
      { factor: 1.5, runs: 8 },
    ],
    ['too few to say', runs('a', many(20, 100), many(7, 300)), null],
    ['nobody knows what it takes in peace', runs('a', many(4, 100), many(9, 300)), null],
    ['sooner is no reason to expect it sooner', runs('a', many(6, 100), many(9, 50)), { factor: 1, runs: 9 }],
    ['what was stuck is bounded', runs('a', many(6, 100), many(9, 9_000)), { factor: 4, runs: 9 }],
  ])('%s', (_, given, expected) => expect(slowdownOf(given)).toEqual(expected))

  // That a longer job never makes a night end sooner is a property of the forward pass: predict/forward.property.test.ts.
  it('never makes a job shorter', () => {
    const past = fc.array(fc.double({ min: 1, max: 50_000, noNaN: true }), { maxLength: 40 })
    fc.assert(
      fc.property(past, fc.double({ min: 0.2, max: 4, noNaN: true }), (seconds, factor) => {
        const model = durationModel(
          seconds.map((s) => ({
            date: '2026-11-23',
            classes: ['weekday', 'any'],
            startedAt: 0,
            seconds: s,
            outcome: 'succeeded',
          })),
          ['weekday', 'any'],
          null,
        )
        const slow = slowed(model, factor)
        expect(slow.p50).toBeGreaterThanOrEqual(model.p50)
        expect(slow.p90).toBeGreaterThanOrEqual(model.p90)
        for (const [i, s] of [...model.samples].entries()) expect(slow.samples[i] ?? 0).toBeGreaterThanOrEqual(s)
      }),
    )
  })
})

describe('what open incidents mean for a night', () => {
  const jobs = ['A', 'B', 'C'].map((name) => ({ id: name.toLowerCase(), name })) as JobDef[]
  const incident = (n: number, places: number[], slowdown: { factor: number; runs: number } | null = null) => ({
    number: `INC-${n}`,
    title: 'Full',
    on: 'Settlement',
    places,
    slowdown,
  })

  it('says once of several that it is not known, with all jobs that use them', () => {
    const found = incidentFindings(
      [incident(1, [0, 1]), incident(2, [2], { factor: 2, runs: 9 }), incident(3, [1, 2])],
      jobs,
    )
    expect(found.map(({ message }) => message)).toEqual([
      'Open on what A, B, C use: INC-1 on Settlement (Full), INC-3 on Settlement (Full). Too few runs are known of such times to say what they cost, and the times here leave them out.',
      'INC-2 is open on Settlement (Full), which C uses: at such times they took 100 % longer, of 9 runs, and that is taken in.',
    ])
    expect(found[0]?.jobs.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(incidentFindings([incident(1, [0])], jobs)).toMatchObject([
      { message: expect.stringMatching(/^INC-1 is open on Settlement \(Full\), which A uses: too few runs/) },
    ])
  })
})
