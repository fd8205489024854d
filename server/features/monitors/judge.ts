import type { MonitorState } from '../../../contract/monitors/words.ts'

export type Outcome = 'ok' | 'degraded' | 'failed' | 'blind'

/** Down: `downAfter` of the last `ofLooks` looks failed. Up again: `upAfter` looks in a row that did not fail. */
export type Rule = { downAfter: number; ofLooks: number; upAfter: number }

/** `null`: nothing was decided yet, after creation or a pause. */
export type Present = MonitorState | null

export type Verdict = { state: MonitorState; why: string }

/**
 * The looks that matter, with a new one at the end: at most as many as the rule asks for. A blind look that was
 * followed by a real one is forgotten: it said nothing.
 */
export const remember = (looks: readonly Outcome[], outcome: Outcome, rule: Rule): Outcome[] => {
  const real = looks.filter((o) => o !== 'blind')
  if (outcome !== 'blind') return [...real, outcome].slice(-Math.max(rule.ofLooks, rule.upAfter))
  const blind = looks.length - real.length + 1
  return [...real, ...Array<Outcome>(Math.min(blind, rule.downAfter)).fill('blind')]
}

/**
 * What the last looks (newest last, as `remember` keeps them) make of the present state; null when it stays. Only a
 * failed look can lead to down, only blind ones to unknown, and only one that did not fail to up: so trouble of our own
 * never reads as a target's.
 */
export const judge = (present: Present, looks: readonly Outcome[], rule: Rule): Verdict | null => {
  const last = looks.at(-1)
  if (last === undefined) return null
  const decided = last === 'blind' ? blind(looks, rule) : seen(present, looks, rule)
  return decided && decided.state !== present ? decided : null
}

const blind = (looks: readonly Outcome[], { downAfter }: Rule): Verdict | null => {
  const inARow = looks.length - 1 - looks.findLastIndex((o) => o !== 'blind')
  return inARow >= downAfter ? { state: 'unknown', why: `${count(inARow)} in a row could not be made` } : null
}

const seen = (present: Present, all: readonly Outcome[], rule: Rule): Verdict | null => {
  const looks = all.filter((o) => o !== 'blind')
  const window = looks.slice(-rule.ofLooks)
  const last = looks.at(-1)
  const failed = window.filter((o) => o === 'failed').length
  const bad = window.filter((o) => o !== 'ok').length
  const of = count(window.length, 'of ')
  if (last === 'failed' && failed >= rule.downAfter) return { state: 'down', why: `${failed} ${of} failed` }
  if (last !== 'failed' && present !== 'up' && inARow(looks, (o) => o !== 'failed') >= rule.upAfter) {
    const fine = inARow(looks, (o) => o === 'ok') >= (present === 'degraded' ? rule.upAfter : 1)
    if (fine) return { state: 'up', why: '' }
    if (present === 'down') return { state: 'degraded', why: 'it answers again, but not as it should' }
  }
  if (last !== 'ok' && bad >= rule.downAfter && present !== 'down')
    return { state: 'degraded', why: `${bad} ${of} ${failed > 0 ? 'were slow or failed' : 'were degraded'}` }
  return null
}

const inARow = (looks: readonly Outcome[], test: (o: Outcome) => boolean): number =>
  looks.length - 1 - looks.findLastIndex((o) => !test(o))

const count = (n: number, of = '') => `${of}${n} ${n === 1 ? 'look' : 'looks'}`

/**
 * Whether the looks that led from one state to another count on. Towards degraded they do, since it may be on its way
 * down; else only fresh ones decide what comes next.
 */
export const countsOn = (from: Present, to: MonitorState): boolean => from === 'up' && to === 'degraded'
