import { type PendingReason, pendingWords } from '../../../contract/desk/words.ts'
import { type Instant, isBefore } from '../../platform/clock.ts'
import type { ClockFact } from './facts.ts'

/** `done`: it was answered, or solved. The others end a clock that nobody waits for any more. */
export type Stop = { at: Instant; how: 'done' | 'cancelled' | 'merged' | 'over'; words: string }
/** Half open: from `from` until before `to`; `to` null has no end yet. */
export type Pause = { from: Instant; to: Instant | null; why: string }
/** One stretch that a clock measures: from a start to a stop. */
export type Run = { cycle: number; start: Instant; startWords: string; stop: Stop | null }

export type History = {
  priorities: { at: Instant; priority: number }[]
  pauses: Pause[]
  response: Run
  updates: Run[]
  resolutions: Run[]
}

type Rules = {
  pauseReasons: readonly string[]
  onReopen: 'resume' | 'continue' | 'new_cycle'
  /** Whether there is a first response to wait for at this priority; until it came, nothing is an update. */
  answersFirst(priority: number): boolean
}

/** Reads the facts, in their order, into what was measured from when to when. */
export const historyOf = (facts: readonly ClockFact[], rules: Rules): History => {
  const opened = facts.find((f) => f.what === 'opened')
  if (opened?.what !== 'opened') throw new RangeError('The facts of a ticket begin with its opening.')
  const merged = facts.findLast((f) => f.what === 'counts_from')
  const older = merged?.what === 'counts_from' && isBefore(merged.startedAt, opened.at) ? merged : null
  const start = older?.startedAt ?? opened.at
  const startWords = older?.words ?? 'when it was opened'
  const history: History = {
    priorities: [{ at: start, priority: opened.priority }],
    pauses: [],
    response: { cycle: 1, start, startWords, stop: null },
    updates: [],
    resolutions: [{ cycle: 1, start, startWords, stop: null }],
  }
  for (const fact of facts) apply(history, fact, rules)
  return history
}

const apply = (h: History, fact: ClockFact, rules: Rules): void => {
  const { at } = fact
  switch (fact.what) {
    case 'priority':
      h.priorities.push({ at, priority: fact.priority })
      return
    case 'first_response':
      h.response.stop = { at, how: 'done', words: 'answered' }
      return
    case 'customer':
      customerWrote(h, at, rules)
      return
    case 'agent':
      stopWaiting(h, { at, how: 'done', words: 'answered' })
      return
    case 'pended':
      endPause(h, at)
      if (rules.pauseReasons.includes(fact.reason)) h.pauses.push({ from: at, to: null, why: reasonWords(fact.reason) })
      return
    case 'resumed':
      endPause(h, at)
      return
    case 'resolved':
      end(h, { at, how: 'done', words: 'resolved' }, fact.human)
      return
    case 'cancelled':
      end(h, { at, how: 'cancelled', words: 'the ticket was cancelled' }, false)
      return
    case 'merged':
      end(h, { at, how: 'merged', words: `it was merged into ${fact.into}` }, false)
      return
    case 'reopened':
      reopen(h, at, fact.slip, rules)
      return
  }
}

const reasonWords = (reason: string) => `waiting for ${pendingWords[reason as PendingReason] ?? reason}`

const endPause = (h: History, at: Instant) => {
  const open = h.pauses.at(-1)
  if (open?.to === null) open.to = at
}

const customerWrote = (h: History, at: Instant, rules: Rules) => {
  const priority = h.priorities.at(-1)?.priority ?? 5
  const open = h.updates.at(-1)
  // Before the first response there is one thing to wait for, not two: the update would only beat it.
  if ((h.response.stop === null && rules.answersFirst(priority)) || (open && open.stop === null)) return
  h.updates.push({ cycle: h.updates.length + 1, start: at, startWords: 'when the requester wrote', stop: null })
}

const stopWaiting = (h: History, stop: Stop) => {
  const open = h.updates.at(-1)
  if (open && open.stop === null) open.stop = stop
}

const end = (h: History, stop: Stop, human: boolean) => {
  endPause(h, stop.at)
  const last = h.resolutions.at(-1)
  if (last && last.stop === null) last.stop = stop
  const over: Stop = stop.how === 'done' ? { ...stop, how: 'over', words: 'it was over before anybody answered' } : stop
  if (h.response.stop === null) h.response.stop = over
  stopWaiting(h, human ? { ...stop, words: 'answered by the resolution' } : over)
}

const reopen = (h: History, at: Instant, slip: boolean, rules: Rules) => {
  const last = h.resolutions.at(-1)
  if (!last?.stop) return
  const ended = last.stop
  const unstop = (run: Run | undefined) => {
    if (run?.stop && run.stop.how !== 'done' && run.stop.at.equals(ended.at)) run.stop = null
  }
  unstop(h.response)
  const waiting = h.updates.at(-1)
  if (slip && waiting?.stop?.at.equals(ended.at)) waiting.stop = null
  else unstop(waiting)
  if (slip) {
    last.stop = null
    return
  }
  const fresh = rules.onReopen === 'new_cycle' && ended.how === 'done'
  if (fresh) h.resolutions.push({ cycle: last.cycle + 1, start: at, startWords: 'when it was reopened', stop: null })
  else last.stop = null
  if (rules.onReopen !== 'continue' || ended.how !== 'done')
    h.pauses.push({ from: ended.at, to: at, why: ended.how === 'done' ? 'it was resolved' : 'it was over' })
}
