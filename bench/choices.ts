import { type DrawOptions, usualDraws } from '../server/features/chains/predict/draw-input.ts'
import { type DurationOptions, usualDurations } from '../server/features/chains/predict/durations.ts'
import { byDraws } from '../server/features/chains/predict/forecasters.ts'
import { replay } from '../server/features/chains/predict/replay.ts'
import { digestOf, type NightDigest, scoreOf, thresholdFor, warnedBy } from '../server/features/chains/predict/score.ts'
import { hardYear } from './hard-year.ts'
import type { Figure } from './tools.ts'

/** Other years than the one whose figures are shown: what was chosen by a year must not be measured by it. */
const SEEDS = [11, 12]
const FALSE_ALARMS = 1 / 10

type Models = { durations: DurationOptions; draws: DrawOptions }
const usual: Models = { durations: usualDurations, draws: { ...usualDraws, draws: 200, acts: false } }

const choices: { what: string; ours: number; others: number[]; with(value: number): Models }[] = [
  {
    what: 'Share of slowness that jobs of a host or database have in common',
    ours: usualDraws.together,
    others: [0, 0.65],
    with: (together) => ({ ...usual, draws: { ...usual.draws, together } }),
  },
  {
    what: 'Runs further from the middle than so many robust spreads are left out',
    ours: usualDurations.trim,
    others: [4, 8],
    with: (trim) => ({ ...usual, durations: { ...usualDurations, trim } }),
  },
  {
    what: 'The newest runs of a class of day that speak for it, at most',
    ours: usualDurations.most,
    others: [15, 30],
    with: (most) => ({ ...usual, durations: { ...usualDurations, most } }),
  },
  {
    what: 'Fewer runs of a class than these do not speak for it',
    ours: usualDurations.least,
    others: [3, 9],
    with: (least) => ({ ...usual, durations: { ...usualDurations, least } }),
  },
  {
    what: 'How much the difference that few runs of a class show is doubted',
    ours: usualDurations.doubt,
    others: [0, Number.POSITIVE_INFINITY],
    with: (doubt) => ({ ...usual, durations: { ...usualDurations, doubt } }),
  },
]

/** What the parameters of the models were chosen by: each with two others in its place, all else as it is. */
export const benchChoices = async (): Promise<Figure[]> => {
  const years = SEEDS.map((seed) => hardYear(seed))
  const words = (models: Models) => {
    const nights = years.flatMap(
      (year) =>
        replay(
          { ...year, ...models, learn: 30, stepMinutes: 30, looks: 16 },
          [byDraws(models.durations, models.draws)],
          digestOf,
        )?.[0] ?? [],
    )
    return said(nights)
  }
  const own = words(usual)
  return choices.map(({ what, ours, others, with: models }) => ({
    what: `${what}: ${ours}`,
    ours: own,
    beside: others
      .map((value) => `${value === Number.POSITIVE_INFINITY ? 'wholly' : value}: ${words(models(value))}`)
      .join('; '),
    budget: '',
    ok: null,
  }))
}

const said = (nights: readonly NightDigest[]): string => {
  const { pinball } = scoreOf(nights, 1)
  const { warning } = warnedBy(nights, thresholdFor(nights, Math.round(FALSE_ALARMS * nights.length)))
  const losses = [pinball.p50, pinball.p80, pinball.p95].map((loss) => loss.toFixed(2)).join(', ')
  return `loss ${losses}, warning ${Math.round(warning.mean)} min`
}
