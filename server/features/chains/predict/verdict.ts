import { usualOddsLimit } from '../../../../contract/chains/limits.ts'
import type { Blocked } from './evaluate.ts'

/** How a deadline stands. `done`: it has ended, in time or not. */
export type DeadlineState = 'on-time' | 'at-risk' | 'predicted-late' | 'late' | 'blocked' | 'no-statistics' | 'done'

export type Standing = {
  now: number
  due: number
  /** When it ended on this date; null: it has not. */
  endedAt: number | null
  blocked: Blocked | null
  /** The odds to miss, from 0 to 1; null: nobody knows how long what decides takes. */
  miss: number | null
}

export type Limits = {
  /** Over these odds to miss it is at risk, or predicted late. */
  atRisk: number
  predictedLate: number
  /** It is taken back only when the odds have fallen to this share of the limit: what lies at it would go to and fro. */
  back: number
}

export const usualLimits: Limits = { atRisk: 0.2, predictedLate: usualOddsLimit, back: 0.7 }

/** Those of a deadline with a limit of its own: it is at risk before it is predicted late. */
export const limitsFor = (oddsLimit: number | null): Limits => {
  if (oddsLimit === null) return usualLimits
  const ahead = usualLimits.atRisk / usualLimits.predictedLate
  return { ...usualLimits, predictedLate: oddsLimit, atRisk: Math.min(usualLimits.atRisk, oddsLimit * ahead) }
}

/** The state of a deadline. `before`: the state that was found last, null at first. */
export const judge = (
  standing: Standing,
  before: DeadlineState | null,
  limits: Limits = usualLimits,
): DeadlineState => {
  const { now, due, endedAt, blocked, miss } = standing
  if (endedAt !== null) return 'done'
  if (now > due) return 'late'
  if (blocked) return 'blocked'
  if (miss === null) return 'no-statistics'
  const over = (limit: number, held: boolean) => miss > (held ? limit * limits.back : limit)
  if (over(limits.predictedLate, before === 'predicted-late')) return 'predicted-late'
  return over(limits.atRisk, before === 'predicted-late' || before === 'at-risk') ? 'at-risk' : 'on-time'
}
