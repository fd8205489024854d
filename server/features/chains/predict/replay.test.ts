import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { all, at, nightOf, s } from '../../../../test/harness/chains.ts'
import { usualDraws } from './draw-input.ts'
import { usualDurations } from './durations.ts'
import type { Known, Moment } from './forecasters.ts'
import { type BacktestInput, type PastNight, replay } from './replay.ts'
import { digestOf, type NightDigest, type NightRecord, warnedBy } from './score.ts'

const DAY = 1440

/** FEED at the start of each night, REPORT after it; minutes from the start of the night, null: it did not run. */
const nights = (ran: [feed: [number, number] | null, report: [number, number] | null][]): BacktestInput => {
  const { graph, place } = nightOf(0, {
    FEED: { gates: [0] },
    REPORT: { waits: { condition: all(s('FEED', 'same-date')) } },
  })
  const runOf = (n: number, span: [number, number] | null) =>
    span === null
      ? []
      : [
          {
            date: `night ${n}`,
            startedAt: at(n * DAY + span[0]),
            endedAt: at(n * DAY + span[1]),
            outcome: 'succeeded' as const,
            exit: 0,
            attempt: 1,
          },
        ]
  return {
    nodes: graph.nodes,
    target: place('REPORT'),
    nights: ran.map(
      ([feed, report], n): PastNight => ({
        date: `night ${n}`,
        previousDate: `night ${n - 1}`,
        classes: ['any'],
        from: at(n * DAY),
        due: at(n * DAY + 100),
        asksFrom: at(n * DAY),
        gates: [[at(n * DAY)], null],
        runs: [runOf(n, feed), runOf(n, report)],
      }),
    ),
    durations: usualDurations,
    draws: usualDraws,
    learn: 1,
    stepMinutes: 10,
    looks: 100,
  }
}
const usual: [[number, number], [number, number]] = [
  [0, 20],
  [20, 60],
]

/** What is known of each night, and at each of its moments. */
const seenIn = (input: BacktestInput) => {
  const seen: { past: number[]; moments: Moment[] }[] = []
  const records = replay(
    input,
    [
      ({ past }: Known) => {
        const one = { past: past.map((runs) => runs.length), moments: [] as Moment[] }
        seen.push(one)
        return (moment: Moment) => {
          one.moments.push(moment)
          return { score: 0, p50: null, p80: null, p95: null }
        }
      },
    ],
    (record: NightRecord) => record,
  )
  return { seen, records: records?.[0] ?? [] }
}

describe('a replay', () => {
  it('learns from a run only when it has ended, and sees it go on until then', () => {
    const { seen } = seenIn(
      nights([
        usual,
        [
          [0, 20],
          [20, DAY + 30],
        ],
        usual,
        usual,
      ]),
    )
    expect(seen.map((one) => one.past)).toEqual([
      [1, 1],
      [2, 1],
      [3, 3],
    ])
    const first = seen[1]?.moments[0]
    expect(first?.state.nodes[1]?.runs[0]).toMatchObject({ date: 'night 1', endedAt: null, outcome: 'running' })
  })

  it('does not wait for what came into the chain later', () => {
    const { seen } = seenIn(nights([[null, [20, 60]], [null, [20, 60]], usual]))
    expect(seen.map((one) => one.moments[0]?.state.nodes[0]?.hold)).toEqual(['iced', 'none'])
  })

  it('takes the first success for the end, and none where there is none', () => {
    const input = nights([usual, usual, [[0, 20], null]])
    const again = { ...input.nights[1]?.runs[1]?.[0], startedAt: at(DAY + 500), endedAt: at(DAY + 520) }
    const second = input.nights[1] as PastNight
    const twice = { ...second, runs: [second.runs[0] ?? [], [...(second.runs[1] ?? []), again]] } as PastNight
    const { records } = seenIn({ ...input, nights: input.nights.with(1, twice) })
    expect(records.map((one) => one.endedAt)).toEqual([at(DAY + 60), null])
  })

  it('looks at a night no oftener than it may, evenly and until its end', () => {
    const { records } = seenIn({
      ...nights([
        usual,
        [
          [0, 50],
          [50, 95],
        ],
      ]),
      looks: 12,
      stepMinutes: 1,
    })
    const [night] = records
    expect(night?.forecasts.length).toBeLessThanOrEqual(12)
    expect(night?.forecasts[0]?.at).toBe(at(DAY))
    expect(Math.max(...(night?.forecasts ?? []).map((f) => f.at))).toBeLessThan(at(DAY + 95))
  })
})

describe('alarms', () => {
  const forecast = fc.record({
    at: fc.integer({ min: 0, max: 99 }).map(at),
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    p50: fc.constant(null),
    p80: fc.constant(null),
    p95: fc.constant(null),
    even: fc.boolean(),
  })
  const night = fc.record({
    date: fc.constant('2026-11-24'),
    due: fc.constant(at(100)),
    endedAt: fc.option(fc.integer({ min: 50, max: 150 }).map(at)),
    forecasts: fc.array(forecast, { maxLength: 20 }).map((some) => some.toSorted((a, b) => a.at - b.at)),
  })
  it('are fewer, later and seldomer in vain, the higher the limit', () => {
    const limit = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(night, { maxLength: 12 }), limit, limit, (some, a, b) => {
        const digests: NightDigest[] = some.map(digestOf)
        const [low, high] = [warnedBy(digests, Math.min(a, b)), warnedBy(digests, Math.max(a, b))]
        expect(low.falseAlarms).toBeGreaterThanOrEqual(high.falseAlarms)
        expect(low.warned).toBeGreaterThanOrEqual(high.warned)
        expect(low.warning.mean).toBeGreaterThanOrEqual(high.warning.mean)
      }),
    )
  })
  it('of a night are the first forecast over the limit before the deadline', () => {
    fc.assert(
      fc.property(night, fc.double({ min: 0, max: 1, noNaN: true }), (one, limit) => {
        const first = one.forecasts.find((f) => f.score > limit)
        const { warning, falseAlarms } = warnedBy([digestOf(one)], limit)
        const isMiss = one.endedAt === null || one.endedAt > one.due
        expect(falseAlarms).toBe(first && !isMiss ? 1 : 0)
        if (isMiss) expect(warning.mean).toBeCloseTo(first ? (one.due - first.at) / 60_000 : 0)
      }),
    )
  })
})
