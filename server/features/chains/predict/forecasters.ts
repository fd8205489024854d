import { deviation, mean, sorted } from '../../../platform/robust.ts'
import type { DayClass } from '../../jobs/index.ts'
import { blockedBy } from './blocked.ts'
import { type DrawOptions, drawInput, usualDraws } from './draw-input.ts'
import { type DurationModel, type DurationOptions, durationModel, type PastRun, usualDurations } from './durations.ts'
import { predictNight } from './forward.ts'
import type { Graph } from './graph.ts'
import type { NightState } from './night.ts'
import { oddsOf } from './odds.ts'
import { outlookOf } from './outlook.ts'
import { repairsOf } from './repairs.ts'
import type { Forecast } from './score.ts'

/** What a forecaster knows of a job at the beginning of a night: its earlier runs, the newest first. */
export type Known = { graph: Graph; past: readonly (readonly PastRun[])[]; classes: readonly DayClass[] }
export type Moment = { state: NightState; target: number; due: number }

/** Learns for a night, and then forecasts as it goes. */
export type Forecaster = (known: Known) => (moment: Moment) => Omit<Forecast, 'at' | 'even'>

/** Ours: day classes, the night so far, and draws. */
export const byDraws =
  (durations: DurationOptions = usualDurations, draws: DrawOptions = usualDraws): Forecaster =>
  ({ graph, past, classes }) => {
    const models = graph.nodes.map((node, i) =>
      durationModel(past[i] ?? [], classes, node.waits.typicalSeconds, durations),
    )
    const guessed = models.some(({ basis }, i) => basis === 'none' && !graph.nodes[i]?.waits.isBox)
    const repairs = repairsOf(models)
    return ({ state, target, due }) => {
      const predicted = predictNight(graph, state, models)
      const failed = predicted.phases.some((phase) => phase.kind === 'failed')
      const drawn = failed ? predictNight(graph, state, models, repairs) : predicted
      const input = drawInput(graph, state, models, drawn, [{ node: target, due }], { ...draws, acts: false })
      const [odds] = oddsOf(input) ?? []
      if (!odds) return nothing
      const blocked = blockedBy(predicted.circuit, predicted.times, target) !== null
      if (guessed && !blocked) {
        const night = { graph, state, models, targets: [] }
        // As on the nights of now: where nobody knows how long what decides takes, no odds are given.
        if (outlookOf(night, predicted, { node: target, due }, odds, null).state === 'no-statistics') return nothing
      }
      return { score: odds.miss ?? 1, p50: odds.p50, p80: odds.p80, p95: odds.p95, blocked }
    }
  }

/** No odds: never an alarm, and nothing to measure. */
const nothing = { score: Number.NEGATIVE_INFINITY, p50: null, p80: null, p95: null }

const HOUR = 3_600_000

/** How late a single end is, in hours: a number that grows with how sure it is. */
const point = (end: number, due: number) => {
  const said = Number.isFinite(end) ? end : null
  return { score: said === null ? HOUR : (said - due) / HOUR, p50: said, p80: said, p95: said }
}

const plainModel = (samples: readonly number[], usual: number, sd: number, typical: number | null): DurationModel => ({
  dayClass: 'any',
  basis: samples.length > 0 ? 'class' : 'none',
  samples: sorted([samples.length > 0 ? usual : (typical ?? 60)]),
  p50: samples.length > 0 ? usual : (typical ?? 60),
  p90: usual,
  mean: usual,
  sd,
  failing: 0,
  repairs: sorted([]),
})

const succeeded = (past: readonly PastRun[] | undefined) =>
  (past ?? []).filter((run) => run.outcome === 'succeeded').map((run) => run.seconds)

const LAST = 10

/** The first baseline: each job takes the average of its last ten runs. */
export const byLastTen: Forecaster = ({ graph, past }) => {
  const models = graph.nodes.map((node, i) => {
    const last = succeeded(past[i]).slice(0, LAST)
    return plainModel(last, mean(last), 0, node.waits.typicalSeconds)
  })
  return ({ state, target, due }) => point(predictNight(graph, state, models).times.end[target] as number, due)
}

const SIGMAS = 3

/**
 * The second, as the commercial tools have it: each job takes the average of all its runs; one on the way that has run for
 * longer than that and three standard deviations raises alarm too.
 */
export const byThreeSigma: Forecaster = ({ graph, past }) => {
  const models = graph.nodes.map((node, i) => {
    const all = succeeded(past[i])
    return plainModel(all, mean(all), deviation(all), node.waits.typicalSeconds)
  })
  return ({ state, target, due }) => {
    const { times, phases } = predictNight(graph, state, models)
    const tooLong = phases.some((phase, i) => {
      const model = models[i] as DurationModel
      return (
        phase.kind === 'running' &&
        model.sd > 0 &&
        (state.now - phase.startedAt) / 1000 > model.mean + SIGMAS * model.sd
      )
    })
    const said = point(times.end[target] as number, due)
    return tooLong ? { ...said, score: Math.max(said.score, 1 / 60) } : said
  }
}
