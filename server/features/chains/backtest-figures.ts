import type { BacktestFound } from '../../../contract/chains/backtest.ts'
import { instantAt, instantOrNull } from './night-figures.ts'
import { compared, type Replayed } from './predict/backtest.ts'
import { isMiss, type NightDigest, type Warned, warnedBy, warningOf } from './predict/score.ts'

/** A deadline with what was said of its nights. */
export type Played = { deadline: { id: string; name: string }; limit: number; nights: Replayed }

/** Limits of which it is shown what they would have given. */
const LIMITS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
const MOST_TROUBLED = 500

const tenth = (minutes: number) => Math.round(minutes * 10) / 10
export const showWarned = ({ warned, falseAlarms, warning }: Warned) => ({
  warned,
  falseAlarms,
  warning: { mean: tenth(warning.mean), median: tenth(warning.median) },
})

/** What the nights of some deadlines say together. */
export const figuresOf = (played: readonly Played[]) => {
  const together = (who: keyof Replayed) => played.flatMap(({ nights }) => nights[who])
  const all: Replayed = { ours: together('ours'), lastTen: together('lastTen'), threeSigma: together('threeSigma') }
  const limits = new Map(played.flatMap(({ nights, limit }) => nights.ours.map((night) => [night, limit] as const)))
  const limitOf = (night: NightDigest) => limits.get(night) ?? 1
  const { ours, baselines } = compared(all, limitOf)
  const blocked = all.ours.filter((night) => night.blockedAt !== null)
  const showScore = ({ pinball, ...score }: typeof ours) => ({
    ...showWarned(score),
    pinball: { p50: tenth(pinball.p50), p80: tenth(pinball.p80), p95: tenth(pinball.p95) },
  })
  return {
    nights: ours.nights,
    misses: ours.misses,
    ours: showScore(ours),
    baselines:
      ours.nights === 0
        ? []
        : baselines.map(({ name, baseline, oursAtEqualAlarms, threshold }) => ({
            name,
            score: showScore(baseline),
            beside: { limit: Number.isFinite(threshold) ? threshold : null, ...showWarned(oursAtEqualAlarms) },
          })),
    calibration: ours.calibration,
    limits: limitsOf(played).map((limit) => ({ limit, ...showWarned(warnedBy(all.ours, limit)) })),
    blocked: { nights: blocked.length, inTime: blocked.filter((night) => !isMiss(night)).length },
    troubled: troubledOf(played).slice(0, MOST_TROUBLED),
  } satisfies Partial<BacktestFoundAsWritten>
}

/** With those that deadlines have. */
const limitsOf = (played: readonly Played[]) =>
  played.length === 0 ? [] : [...new Set([...LIMITS, ...played.map((one) => one.limit)])].sort((a, b) => a - b)

/** As the contract has it, with instants that are still our own. */
type BacktestFoundAsWritten = { [K in keyof BacktestFound]: unknown }

const troubledOf = (played: readonly Played[]) =>
  played
    .flatMap(({ deadline, limit, nights }) =>
      nights.ours.map((night, n) => ({
        deadline,
        date: night.date,
        dueAt: instantAt(night.due),
        endedAt: instantOrNull(night.endedAt),
        missed: isMiss(night),
        warning: {
          ours: shown(warningOf(night, limit)),
          lastTen: shown(nights.lastTen[n] ? warningOf(nights.lastTen[n], 0) : null),
          threeSigma: shown(nights.threeSigma[n] ? warningOf(nights.threeSigma[n], 0) : null),
        },
      })),
    )
    .filter(({ missed, warning }) => missed || Object.values(warning).some((minutes) => minutes !== null))
    .toSorted((a, b) => b.dueAt.epochMilliseconds - a.dueAt.epochMilliseconds)

const shown = (minutes: number | null) => (minutes === null ? null : tenth(minutes))
