import type { Severity, SignalKind } from '../../../contract/alerts/words.ts'

/** The newest known state of one (source, dedup key). Times are milliseconds since 1970. */
export type KeyState = {
  state: 'firing' | 'resolved' | 'blind'
  severity: Severity
  /** Counts changes of state and of severity. */
  flip: number
  /** The flip at which it last began to fire. */
  firedFlip: number
  firedAt: number | null
  /** Occurrences when it last began to fire. */
  firedBefore: number
  endedAt: number | null
  /** The sender's times, null where it gave none to go by. */
  lastFiringAt: number | null
  lastResolvedAt: number | null
  /** When that began of which the latest firing tells, by the sender's clock alone. */
  firedSpell: number | null
  /** When the signal that says what the alert shows was received, and its id. */
  shownAt: number | null
  shownId: string | null
  occurrences: number
}

/**
 * `sent`: the sender's time where it may be gone by, else null. `said` and `spell`: when it happened and when it began,
 * by the sender's clock, right or wrong.
 */
export type Arrival = {
  id: string
  kind: SignalKind
  severity: Severity
  sent: number | null
  said?: number | null
  spell?: number | null
  received: number
  /** When it came for the first time, if it could not be read then and is read again now. */
  first?: number | null
}

export const freshKey: KeyState = {
  state: 'resolved',
  severity: 'medium',
  flip: 0,
  firedFlip: 0,
  firedAt: null,
  firedBefore: 0,
  endedAt: null,
  lastFiringAt: null,
  lastResolvedAt: null,
  firedSpell: null,
  shownAt: null,
  shownId: null,
  occurrences: 0,
}

/** Two signals are put in order by the sender's times when both have one; else by their arrival. */
const isOlder = (sent: number | null, than: number | null): boolean => sent !== null && than !== null && sent < than

/** What came after it when it could not be read has been taken in meanwhile. */
const cameBefore = ({ first }: Arrival, than: number | null): boolean => isOlder(first ?? null, than)

/**
 * What a signal makes of the state of its key.
 * - A resolve that is older than the latest firing, or of a spell that was over before it, closes nothing.
 * - A firing that is older than the latest resolve opens nothing: it is over already.
 * - A firing after a resolve is a new alert: `firedFlip` rises.
 * - What is read again later than it came changes nothing that came after it.
 * - `blind` (the sender could not look) keeps an alert open, or opens one.
 */
export const advance = (key: KeyState, s: Arrival): KeyState => {
  if (s.kind === 'firing' || s.kind === 'blind') return fire(key, s, s.kind)
  if (s.kind === 'resolved') return resolve(key, s)
  return key
}

const fire = (key: KeyState, s: Arrival, state: 'firing' | 'blind'): KeyState => {
  const counted = { ...key, occurrences: key.occurrences + 1 }
  const shown = { shownAt: s.received, shownId: s.id }
  if (key.state === 'resolved') {
    if (isOlder(s.sent, key.lastResolvedAt) || cameBefore(s, key.endedAt)) return counted
    const flip = key.flip + 1
    const firedAt = s.sent ?? s.first ?? s.received
    return {
      ...counted,
      ...shown,
      state,
      severity: s.severity,
      flip,
      firedFlip: flip,
      firedAt,
      firedBefore: key.occurrences,
      lastFiringAt: s.sent,
      firedSpell: s.spell ?? null,
    }
  }
  if (isOlder(s.sent, key.lastFiringAt) || cameBefore(s, key.shownAt)) return counted
  const flips = state !== key.state || s.severity !== key.severity
  return {
    ...counted,
    ...shown,
    state,
    severity: s.severity,
    flip: flips ? key.flip + 1 : key.flip,
    lastFiringAt: s.sent,
    firedSpell: s.spell ?? null,
  }
}

/**
 * The resolve of another spell, which ended before that one began which fires now. All of it by the sender's own clock:
 * however late it comes, it is put in order.
 */
const wasOverBefore = ({ firedSpell }: KeyState, { spell, said }: Arrival): boolean =>
  isOlder(spell ?? null, firedSpell) && isOlder(said ?? null, firedSpell)

const resolve = (key: KeyState, s: Arrival): KeyState => {
  if (key.state === 'resolved') return isOlder(s.sent, key.lastResolvedAt) ? key : { ...key, lastResolvedAt: s.sent }
  if (isOlder(s.sent, key.lastFiringAt) || wasOverBefore(key, s) || cameBefore(s, key.shownAt)) return key
  return {
    ...key,
    state: 'resolved',
    flip: key.flip + 1,
    endedAt: Math.max(s.sent ?? s.first ?? s.received, key.firedAt ?? 0),
    lastResolvedAt: s.sent,
  }
}
