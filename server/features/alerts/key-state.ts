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
  /** When the signal that says what the alert shows was received, and its id. */
  shownAt: number | null
  shownId: string | null
  occurrences: number
}

/** `sent`: the sender's time where it may be gone by, else null. */
export type Arrival = {
  id: string
  kind: SignalKind
  severity: Severity
  sent: number | null
  received: number
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
  shownAt: null,
  shownId: null,
  occurrences: 0,
}

/** Two signals are put in order by the sender's times when both have one; else by their arrival. */
const isOlder = (sent: number | null, than: number | null): boolean => sent !== null && than !== null && sent < than

/**
 * What a signal makes of the state of its key.
 * - A resolve that is older than the latest firing closes nothing.
 * - A firing that is older than the latest resolve opens nothing: it is over already.
 * - A firing after a resolve is a new alert: `firedFlip` rises.
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
    if (isOlder(s.sent, key.lastResolvedAt)) return counted
    const flip = key.flip + 1
    const firedAt = s.sent ?? s.received
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
    }
  }
  if (isOlder(s.sent, key.lastFiringAt)) return counted
  const flips = state !== key.state || s.severity !== key.severity
  return {
    ...counted,
    ...shown,
    state,
    severity: s.severity,
    flip: flips ? key.flip + 1 : key.flip,
    lastFiringAt: s.sent,
  }
}

const resolve = (key: KeyState, s: Arrival): KeyState => {
  if (key.state === 'resolved') return isOlder(s.sent, key.lastResolvedAt) ? key : { ...key, lastResolvedAt: s.sent }
  if (isOlder(s.sent, key.lastFiringAt)) return key
  return {
    ...key,
    state: 'resolved',
    flip: key.flip + 1,
    endedAt: Math.max(s.sent ?? s.received, key.firedAt ?? 0),
    lastResolvedAt: s.sent,
  }
}
