import type { MonitorState, SpanState } from '../../../contract/monitors/words.ts'
import { countsOn, judge, type Outcome, type Present, type Rule, remember } from './judge.ts'

/** Times are whole milliseconds since 1970. */

/** One look at a target. `version`: of the monitor as it was looked at. */
export type Look = {
  monitorId: string
  version: number
  at: number
  outcome: Outcome
  ms: number
  code: string
  message: string
  /** The term of the shard's lease and a number that rises within it; null for a look by hand, which comes alone. */
  turn: { term: number; seq: number } | null
}

/** What of the monitor the decision needs. */
export type Watch = Rule & { version: number; enabled: boolean; intervalSeconds: number; timeoutSeconds: number }

/** The decision's memory, as it stands in the database. */
export type StateRow = {
  state: MonitorState
  decided: boolean
  since: number
  reason: string | null
  flip: number
  looks: Outcome[]
  term: number
  seq: number
  /** The open span. */
  span: SpanState | null
  spanFrom: number | null
  watchedUntil: number | null
  lastAt: number | null
}

export type Span = { from: number; to: number | null; state: SpanState; message: string | null }

/** What becomes of the rows of spans: the open one ends at `endAt`, or is dropped since nothing lasted. */
export type SpanChange = { endAt: number | null; drop: boolean; added: Span[] }

export type Flip = {
  flip: number
  from: Present
  state: MonitorState
  at: number
  why: string
  message: string
  ms: number
}

export type Step = { row: StateRow; spans: SpanChange; flip: Flip | null; counted: boolean }

export const noSpanChange: SpanChange = { endAt: null, drop: false, added: [] }

/** For how long after a look its answer speaks for the monitor, in milliseconds: two turns and a time-out. */
export const speaksFor = (w: { intervalSeconds: number; timeoutSeconds: number }): number =>
  Math.round((w.intervalSeconds * 2 + w.timeoutSeconds) * 1000)

/**
 * What one look makes of a monitor's state. Looks are put in order by turn, never by time, so that a clock that was
 * stepped decides nothing; one that comes late (its shard changed hands, the monitor was changed or paused since) does
 * not count. Time that no look speaks for is unobserved, and after it only fresh looks decide.
 */
export const advance = (before: StateRow, spans: SpanChange, look: Look, watch: Watch): Step => {
  if (!counts(before, look, watch)) return { row: before, spans, flip: null, counted: false }
  const draft = { row: { ...before }, spans }
  const wasBlindTo = before.watchedUntil !== null && before.span !== 'unobserved' && look.at > before.watchedUntil
  if (wasBlindTo) {
    moveTo(draft, 'unobserved', before.lastAt ?? look.at, null)
    draft.row.looks = []
  }
  const present: Present = before.decided ? before.state : null
  const looks = remember(draft.row.looks, look.outcome, watch)
  const verdict = judge(present, looks, watch)
  const at = Math.max(look.at, draft.row.spanFrom ?? look.at)
  const { row } = draft
  row.looks = verdict && !countsOn(present, verdict.state) ? [] : looks
  if (verdict) {
    row.state = verdict.state
    row.decided = true
    row.since = at
    row.reason = reasonOf(verdict.why, look.message)
    row.flip = before.flip + 1
  }
  if (row.span !== row.state) moveTo(draft, row.state, at, row.reason)
  row.lastAt = look.at
  row.watchedUntil = look.at + speaksFor(watch)
  if (look.turn) {
    row.term = look.turn.term
    row.seq = look.turn.seq
  }
  const flip = verdict && {
    flip: row.flip,
    from: present,
    state: verdict.state,
    at,
    why: verdict.why,
    message: look.message,
    ms: look.ms,
  }
  return { row, spans: draft.spans, flip, counted: true }
}

/** "3 of 3 looks failed, last: connection refused". */
export const reasonOf = (why: string, message: string): string => (why ? `${why}, last: ${message}` : message)

const counts = (row: StateRow, { turn, version }: Look, watch: Watch): boolean => {
  if (!watch.enabled || version !== watch.version) return false
  return turn === null || turn.term > row.term || (turn.term === row.term && turn.seq > row.seq)
}

const moveTo = (
  draft: { row: StateRow; spans: SpanChange },
  state: SpanState,
  time: number,
  message: string | null,
) => {
  const { row } = draft
  const spans = { ...draft.spans, added: [...draft.spans.added] }
  const from = Math.max(time, row.spanFrom ?? time)
  const open = spans.added.at(-1)
  const lasted = row.spanFrom === null || from > row.spanFrom
  if (open) spans.added.splice(-1, 1, ...(lasted ? [{ ...open, to: from }] : []))
  else if (row.span !== null && lasted) spans.endAt = from
  else if (row.span !== null) spans.drop = true
  spans.added.push({ from, to: null, state, message })
  draft.spans = spans
  row.span = state
  row.spanFrom = from
}
