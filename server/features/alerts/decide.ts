import type { AlertStatus } from '../../../contract/alerts/words.ts'
import type { KeyState } from './key-state.ts'

/** The newest alert of a key. */
export type LastAlert = { flip: number; status: AlertStatus }

/**
 * - `open`: a new alert.
 * - `change`: the open one has another status or severity.
 * - `end`: the open one is over.
 * - `pass`: one that began and ended before we came to it; it is recorded, and nobody is told.
 */
export type Step = 'open' | 'change' | 'end' | 'pass'

/**
 * What must be done so that the alerts of a key agree with its newest state. Nothing when a newer flip was applied
 * already: so flips may be worked off late, twice and in any order.
 */
export const stepsTo = (last: LastAlert | null, key: Pick<KeyState, 'state' | 'flip' | 'firedFlip'>): Step[] => {
  const applied = last?.flip ?? 0
  if (key.flip <= applied) return []
  const anew = key.firedFlip > applied
  const isOpen = last?.status === 'firing' || last?.status === 'blind'
  const begin: Step[] = anew ? [key.state === 'resolved' ? 'pass' : 'open'] : []
  if (!isOpen) return begin
  if (anew) return ['end', ...begin]
  return key.state === 'resolved' ? ['end'] : ['change']
}
