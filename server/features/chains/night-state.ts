import type { NightState, TellFrom } from '../../../contract/chains/words.ts'
import { type DeadlineState, judge, limitsFor, type Standing } from './predict/verdict.ts'

const asJudged: Partial<Record<NightState, DeadlineState>> = {
  on_time: 'on-time',
  at_risk: 'at-risk',
  predicted_late: 'predicted-late',
  blocked: 'blocked',
}
const asShown: Record<Exclude<DeadlineState, 'done'>, NightState> = {
  'on-time': 'on_time',
  'at-risk': 'at_risk',
  'predicted-late': 'predicted_late',
  late: 'late',
  blocked: 'blocked',
  'no-statistics': 'no_statistics',
}

/**
 * The state of a night. `unobserved`: nobody was listening when it was due, and nothing that was heard since says how it
 * went. What swings about a limit is not told each time: see `judge`.
 */
export const nextState = (
  before: NightState | null,
  standing: Standing,
  unobserved: boolean,
  oddsLimit: number | null,
): NightState => {
  const judged = judge(standing, (before && asJudged[before]) ?? null, limitsFor(oddsLimit))
  if (judged === 'done') return (standing.endedAt ?? 0) <= standing.due ? 'done' : 'done_late'
  return judged === 'late' && unobserved ? 'unknown' : asShown[judged]
}

const gravity: Record<NightState, number> = {
  late: 3,
  blocked: 2,
  predicted_late: 2,
  at_risk: 1,
  unknown: 0,
  no_statistics: 0,
  on_time: 0,
  planned: 0,
  done_late: 0,
  done: 0,
}

export const isWorse = (a: NightState, b: NightState): boolean => gravity[a] > gravity[b]

/** Whether a state is grave enough to be told. */
export const isTold = (state: NightState, from: TellFrom): boolean => gravity[state] >= gravity[from]
