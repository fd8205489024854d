import { describe, expect, it } from 'vitest'
import { all as allOf, at, nightOf, s } from '../../../../test/harness/chains.ts'
import type { DayClass } from '../../jobs/index.ts'
import { compared, replayAll } from './backtest.ts'
import { usualDraws } from './draw-input.ts'
import { startDrawer } from './draws-client.ts'
import { usualDurations } from './durations.ts'
import { byLastTen, byThreeSigma } from './forecasters.ts'
import { type BacktestInput, replay } from './replay.ts'
import { digestOf, type Forecast, type NightRecord, scoreOf, thresholdFor } from './score.ts'

const MINUTE = 60_000
const DAY = 1440

/** A feed and a report that waits for it: forty minutes together, on Mondays seventy, when it is due after sixty. */
const mondays = (weeks: number): BacktestInput => {
  const { graph, place } = nightOf(0, {
    FEED: { gates: [0] },
    REPORT: { waits: { condition: allOf(s('FEED', 'same-date')) } },
  })
  const nights = Array.from({ length: 5 * weeks }, (_, n) => {
    const monday = n % 5 === 0
    const date = Temporal.PlainDate.from('2026-01-05')
      .add({ days: 7 * Math.floor(n / 5) + (n % 5) })
      .toString()
    const start = n * DAY
    const [feed, report] = monday ? [30 + (n % 3), 40] : [20 + (n % 3), 20]
    const run = (from: number, minutes: number) => ({
      date,
      startedAt: at(from),
      endedAt: at(from + minutes),
      outcome: 'succeeded' as const,
      exit: 0,
      attempt: 1,
    })
    const classes: DayClass[] = monday ? ['monday', 'weekday', 'any'] : ['weekday', 'any']
    return {
      date,
      previousDate: `before ${date}`,
      classes,
      from: at(start),
      due: at(start + 60),
      asksFrom: at(start),
      gates: [[at(start)], null],
      runs: [[run(start, feed)], [run(start + feed, report)]],
    }
  })
  return {
    nodes: graph.nodes,
    target: place('REPORT'),
    nights,
    durations: usualDurations,
    draws: { ...usualDraws, draws: 60, acts: false },
    learn: 30,
    stepMinutes: 10,
    looks: 100,
  }
}

const all = (record: NightRecord) => record

describe('a back-test', () => {
  const input = mondays(12)
  it('knows Mondays from the first minute on, which averages do not', () => {
    const replayed = replayAll(input)
    const found = replayed && compared(replayed)
    expect(found?.ours).toMatchObject({ nights: 30, misses: 6, warned: 6, falseAlarms: 0, warning: { mean: 60 } })
    const [ten, sigma] = found?.baselines ?? []
    for (const one of [ten, sigma]) {
      expect(one?.baseline.warning.mean).toBeLessThan(45)
      expect(one?.oursAtEqualAlarms.warning.mean).toBe(60)
      expect(one?.oursAtEqualAlarms.falseAlarms).toBeLessThanOrEqual(one?.baseline.falseAlarms ?? -1)
      expect(found?.ours.pinball.p50).toBeLessThan(one?.baseline.pinball.p50 ?? 0)
    }
  })
  it('is done by a drawer too, and stops when it is told to', async () => {
    const drawer = startDrawer()
    expect(await drawer.backtest(input)).toEqual(replayAll(input))
    await drawer.close()
    expect(replayAll(input, () => true)).toBeNull()
  })
  it('shows a forecaster nothing of what is to come', () => {
    let looked = 0
    const spy = ({ past }: { past: readonly (readonly { startedAt: number }[])[] }) => {
      const learnt = Math.max(...past.flat().map((run) => run.startedAt))
      return ({
        state,
        due,
      }: {
        state: { now: number; nodes: readonly { runs: readonly { startedAt: number; endedAt: number | null }[] }[] }
        due: number
      }) => {
        looked++
        expect(learnt).toBeLessThan(due - 60 * MINUTE)
        for (const run of state.nodes.flatMap((node) => node.runs)) {
          expect(run.startedAt).toBeLessThanOrEqual(state.now)
          expect(run.endedAt ?? state.now).toBeLessThanOrEqual(state.now)
        }
        return { score: 0, p50: null, p80: null, p95: null }
      }
    }
    replay(input, [spy], all)
    expect(looked).toBeGreaterThan(150)
  })
  it('has baselines that say when it ends by averages', () => {
    const [ten, sigma] = replay(input, [byLastTen, byThreeSigma], all) ?? []
    const first = (records?: NightRecord[]) =>
      ((records?.[1]?.forecasts[0]?.p50 ?? 0) - (records?.[1]?.due ?? 0)) / MINUTE + 60
    expect(first(ten)).toBeCloseTo(23 + 24, 0)
    expect(first(sigma)).toBeCloseTo(47.74, 1)
  })
})

describe('a score', () => {
  const forecast = (minute: number, score: number, end: number, even = true): Forecast => ({
    at: at(minute),
    score,
    p50: at(end),
    p80: at(end),
    p95: at(end),
    even,
  })
  const night = (endedAt: number | null, ...forecasts: Forecast[]): NightRecord => ({
    date: '',
    due: at(100),
    endedAt: endedAt === null ? null : at(endedAt),
    forecasts,
  })
  const records = [
    night(110, forecast(0, 0.1, 90), forecast(40, 0.6, 105), forecast(80, 0.4, 108)),
    night(120, forecast(0, 0.1, 90), forecast(110, 1, 120)),
    night(null, forecast(0, 0.9, 90)),
    night(90, forecast(0, 0.3, 80), forecast(50, 0.55, 95, false)),
    night(95, forecast(0, 0.1, 95)),
  ].map(digestOf)
  it('counts warnings, false alarms and losses', () => {
    expect(scoreOf(records, 0.5)).toMatchObject({
      nights: 5,
      misses: 3,
      warned: 2,
      falseAlarms: 1,
      warning: { mean: (60 + 0 + 100) / 3, median: 60 },
    })
    const losses = [20, 5, 2, 30, 0, 10, 0]
    expect(scoreOf(records, 0.5).pinball.p50).toBeCloseTo(losses.reduce((a, b) => a + b) / 2 / losses.length)
    expect(scoreOf(records, 0.5).pinball.p80).toBeCloseTo((0.8 * losses.reduce((a, b) => a + b)) / losses.length)
  })
  it('tells what was said from what was', () => {
    const bin = scoreOf(records, 0.5).calibration.find((one) => one.from === 0.1)
    expect(bin).toMatchObject({ forecasts: 3, missed: 2 / 3 })
    expect(bin?.said).toBeCloseTo(0.1)
  })
  it.each([
    [0, 0.55],
    [1, 0.1],
    [2, Number.NEGATIVE_INFINITY],
  ])('with at most %s false alarms has the threshold %s', (falseAlarms, threshold) => {
    expect(thresholdFor(records, falseAlarms)).toBe(threshold)
    expect(scoreOf(records, threshold).falseAlarms).toBeLessThanOrEqual(falseAlarms)
  })
  it('of nothing is nothing', () => {
    expect(scoreOf([], 0.5)).toMatchObject({ nights: 0, misses: 0, warning: { mean: 0, median: 0 }, calibration: [] })
  })
})
