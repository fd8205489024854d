import { drawInput, usualDraws } from '../server/features/chains/predict/draw-input.ts'
import { startDrawer } from '../server/features/chains/predict/draws-client.ts'
import { forwardPass, predictNight } from '../server/features/chains/predict/forward.ts'
import { oddsOf } from '../server/features/chains/predict/odds.ts'
import { benchBacktests } from './backtests.ts'
import { type Figure, median, ms } from './tools.ts'
import { bareDraws, wideNight } from './wide-night.ts'

const JOBS = 5_000
const ROUNDS = 15

/** The forward pass and the draws over a wide night, and back-tests: of a hard year, and of the demo’s ninety days. */
export const benchChains = async (): Promise<Figure[]> => [...(await speed()), ...benchBacktests()]

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
