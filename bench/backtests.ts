import { compared, type Replayed, replayAll } from '../server/features/chains/predict/backtest.ts'
import { usualDraws } from '../server/features/chains/predict/draw-input.ts'
import { usualDurations } from '../server/features/chains/predict/durations.ts'
import type { Score, Warned } from '../server/features/chains/predict/score.ts'
import { demoNights } from './demo-nights.ts'
import { hardYear } from './hard-year.ts'
import type { Figure } from './tools.ts'

const SEED = 7
const models = { durations: usualDurations, draws: { ...usualDraws, draws: 400, acts: false } }

export const benchBacktests = (): Figure[] => [
  ...worth('Hard year', replayed({ ...hardYear(SEED), ...models, learn: 30, stepMinutes: 30, looks: 1_000 })),
  ...worth('Demo’s 90 days', together(demoNights().map(({ input }) => replayed({ ...input, ...asServed })))),
]

/** As the page of the back-test has it. */
const asServed = { ...models, learn: 10, stepMinutes: 10, looks: 150 }

const replayed = (input: Parameters<typeof replayAll>[0]): Replayed => {
  const found = replayAll(input)
  if (!found) throw new Error('The back-test was stopped.')
  return found
}

const together = (some: readonly Replayed[]): Replayed => ({
  ours: some.flatMap((one) => one.ours),
  lastTen: some.flatMap((one) => one.lastTen),
  threeSigma: some.flatMap((one) => one.threeSigma),
})

const worth = (name: string, found: Replayed): Figure[] => {
  const { ours, baselines } = compared(found)
  const nights = `${ours.nights} nights, ${ours.misses} missed`
  return [
    ...baselines.map((one) => warningBeside(name, nights, ours, one)),
    {
      what: `${name}: alarm at our own limit, odds over 50 %`,
      ours: warning(ours, ours),
      beside: baselines.map((one) => `${one.name}: ${one.baseline.falseAlarms} false`).join('; '),
      budget: '',
      ok: null,
    },
    {
      what: `${name}: pinball loss of ends, minutes (50 %, 80 %, 95 %)`,
      ours: losses(ours),
      beside: baselines.map((one) => `${one.name}: ${losses(one.baseline)}`).join('; '),
      budget: 'lower',
      ok: baselines.every(
        ({ baseline }) => ours.pinball.p50 < baseline.pinball.p50 && ours.pinball.p95 < baseline.pinball.p95,
      ),
    },
    {
      what: `${name}, calibration: of the times that we said so, how often was it missed?`,
      ours: ours.calibration
        .map((bin) => `${percent(bin.said)} → ${percent(bin.missed)} (${bin.forecasts})`)
        .join(', '),
      beside: 'said → missed (forecasts)',
      budget: '',
      ok: null,
    },
  ]
}

type Beside = ReturnType<typeof compared>['baselines'][number]

/** Where nothing was missed, nothing can be said of warnings. */
const warningBeside = (
  name: string,
  nights: string,
  ours: Score,
  { name: baselineName, baseline, oursAtEqualAlarms, threshold }: Beside,
): Figure => {
  const who = baselineName === 'last-ten' ? 'the average of the last ten runs' : 'mean ± 3 sigma'
  const isLonger = oursAtEqualAlarms.warning.mean > baseline.warning.mean
  return {
    what: `${name} (${nights}): warning before a miss, beside ${who}`,
    ours: `${warning(ours, oursAtEqualAlarms)} (alarm over ${Number.isFinite(threshold) ? percent(threshold) : 'any odds'})`,
    beside: warning(ours, baseline),
    budget: ours.misses === 0 ? '' : 'longer, with no more false alarms',
    ok: ours.misses === 0 ? null : isLonger && oursAtEqualAlarms.falseAlarms <= baseline.falseAlarms,
  }
}

const percent = (share: number) => `${Math.round(100 * share)} %`
const warning = ({ misses }: Score, { warning: { mean, median: middle }, warned, falseAlarms }: Warned) =>
  misses === 0
    ? `nothing to warn of, ${falseAlarms} false`
    : `${Math.round(mean)} min on average, ${Math.round(middle)} in the middle, ${warned} of ${misses} warned, ${falseAlarms} false`
const losses = ({ pinball: { p50, p80, p95 } }: Score) => [p50, p80, p95].map((loss) => loss.toFixed(1)).join(', ')
