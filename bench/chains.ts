import { compared, replayAll } from '../server/features/chains/predict/backtest.ts'
import { drawInput, usualDraws } from '../server/features/chains/predict/draw-input.ts'
import { startDrawer } from '../server/features/chains/predict/draws-client.ts'
import { usualDurations } from '../server/features/chains/predict/durations.ts'
import { forwardPass, predictNight } from '../server/features/chains/predict/forward.ts'
import { oddsOf } from '../server/features/chains/predict/odds.ts'
import type { Score } from '../server/features/chains/predict/score.ts'
import { hardYear } from './hard-year.ts'
import { type Figure, median, ms } from './tools.ts'
import { bareDraws, wideNight } from './wide-night.ts'

const JOBS = 5_000
const ROUNDS = 15
const SEED = 7
const LEARN = 30

/** The forward pass and the draws over a wide night, and a back-test of a hard year. */
export const benchChains = async (): Promise<Figure[]> => [...(await speed()), ...worth()]

const timed = (rounds: number, run: () => void): number => {
  const times = Array.from({ length: rounds }, () => {
    const started = performance.now()
    run()
    return performance.now() - started
  })
  return median(times.slice(Math.floor(rounds / 3)))
}

const speed = async (): Promise<Figure[]> => {
  const { graph, state, models, target } = wideNight(JOBS)
  const night = timed(200, () => predictNight(graph, state, models))
  const predicted = predictNight(graph, state, models)
  const pass = timed(200, () => forwardPass(predicted.circuit))
  const due = (predicted.times.end[target] as number) + 600_000
  const inputFor = (acts: boolean) =>
    drawInput(graph, state, models, predicted, [{ node: target, due }], { ...usualDraws, acts })
  const input = inputFor(false)
  const jobs = input.drawn.length
  const bare = bareDraws(jobs, input.circuit.operands.length, usualDraws.draws)
  // By turns, so that what else the machine does falls on both.
  const withAct = inputFor(true)
  const draws: number[] = []
  const acts: number[] = []
  const limits: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    draws.push(timed(1, () => oddsOf(input)))
    limits.push(timed(1, bare))
    acts.push(timed(1, () => oddsOf(withAct)))
  }
  const [ours, limit, acting] = [draws, limits, acts].map((times) => median(times.slice(5))) as [number, number, number]
  const drawer = startDrawer()
  await drawer.draw(input)
  const blocked = await longestPause(() => drawer.draw(inputFor(true)))
  await drawer.close()
  return [
    {
      what: `Forward pass over ${graph.nodes.length.toLocaleString('en')} jobs and ${graph.edges.length.toLocaleString('en')} edges`,
      ours: ms(pass),
      beside: `with what has happened and all conditions looked at anew: ${ms(night)}`,
      budget: '< 5 ms',
      ok: pass < 5,
    },
    {
      what: `${usualDraws.draws.toLocaleString('en')} draws of the ${jobs.toLocaleString('en')} jobs that its last one waits for`,
      ours: ms(ours),
      beside: `a bare loop of the same arithmetic: ${ms(limit)}; with the job to act on: ${ms(acting)}`,
      budget: '< 350 ms',
      ok: ours < 350,
    },
    {
      what: 'Longest pause of the main thread while they are drawn',
      ours: ms(blocked),
      beside: 'drawn by a worker',
      budget: '',
      ok: null,
    },
  ]
}

/** How long a timer of one millisecond came late at most. */
const longestPause = async (run: () => Promise<unknown>): Promise<number> => {
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  }, 1)
  await run()
  clearInterval(timer)
  return longest
}

const worth = (): Figure[] => {
  const year = hardYear(SEED)
  const found = replayAll({
    ...year,
    durations: usualDurations,
    draws: { ...usualDraws, draws: 400, acts: false },
    learn: LEARN,
    stepMinutes: 30,
    looks: 1_000,
  })
  if (!found) throw new Error('The back-test was stopped.')
  const { ours, baselines } = compared(found)
  const nights = `${ours.nights} nights, ${ours.misses} missed`
  return [
    ...baselines.map(({ name, baseline, oursAtEqualAlarms, threshold }): Figure => {
      const who = name === 'last-ten' ? 'the average of the last ten runs' : 'mean ± 3 sigma'
      return {
        what: `Hard year (${nights}): warning before a miss, beside ${who}`,
        ours: `${warning(oursAtEqualAlarms)} (alarm over ${Math.round(100 * threshold)} %)`,
        beside: warning(baseline),
        budget: 'longer, with no more false alarms',
        ok:
          oursAtEqualAlarms.warning.mean > baseline.warning.mean &&
          oursAtEqualAlarms.falseAlarms <= baseline.falseAlarms,
      }
    }),
    {
      what: 'Alarm at our own limit, odds over 50 %',
      ours: warning(ours),
      beside: '',
      budget: '',
      ok: null,
    },
    {
      what: 'Pinball loss of ends, minutes (50 %, 80 %, 95 %)',
      ours: losses(ours),
      beside: baselines.map((one) => `${one.name}: ${losses(one.baseline)}`).join('; '),
      budget: 'lower',
      ok: baselines.every(
        ({ baseline }) => ours.pinball.p50 < baseline.pinball.p50 && ours.pinball.p95 < baseline.pinball.p95,
      ),
    },
    {
      what: 'Calibration: of the times that we said so, how often was it missed?',
      ours: ours.calibration
        .map((bin) => `${percent(bin.said)} → ${percent(bin.missed)} (${bin.forecasts})`)
        .join(', '),
      beside: 'said → missed (forecasts)',
      budget: '',
      ok: null,
    },
  ]
}

const percent = (share: number) => `${Math.round(100 * share)} %`
const warning = ({ warning: { mean, median: middle }, warned, misses, falseAlarms }: Score) =>
  `${Math.round(mean)} min on average, ${Math.round(middle)} in the middle, ${warned} of ${misses} warned, ${falseAlarms} false`
const losses = ({ pinball: { p50, p80, p95 } }: Score) => [p50, p80, p95].map((loss) => loss.toFixed(1)).join(', ')
