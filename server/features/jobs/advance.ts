import type { RunVerdict } from '../../../contract/jobs/words.ts'
import { advanceStrictly } from './advance-healthchecks.ts'
import {
  answeredBy,
  EARLY_MS,
  expectAfter,
  type Flip,
  type JobState,
  type OpenRun,
  plainFlip,
  type Rule,
  withLook,
} from './job-state.ts'
import { spanWords } from './job-words.ts'

/** One ping. `happened` is when it happened, `received` when we heard of it. */
export type Ping = {
  id: string
  kind: 'start' | 'success' | 'fail' | 'log' | 'ignored'
  /** What its sender calls the run. */
  rid: string | null
  exit: number | null
  received: number
  happened: number
  /** It was told late by its sender, and is put in order by its own time; else by its arrival. */
  late: boolean
  /** When its run began, where the sender of its end says so. */
  began?: number | null
  /** Of a start that came after the end of its run. */
  endedBefore?: boolean
}

export type Step = {
  state: JobState
  /** The run it belongs to, when that began, and when that was due. */
  run: string
  startedAt: number | null
  dueAt: number | null
  /** Runs whose end nobody will tell any more. */
  lost: OpenRun[]
  flips: Flip[]
  /** It was paused, and is not any more. */
  resumes?: boolean
  /** What is to be said of the run, in a sentence. */
  note?: string
  /** Of an end: what was wrong with the run. */
  verdicts?: RunVerdict[]
}

/** Open runs of a job; beyond it the oldest is given up. */
const MOST_OPEN = 20
/** A job that fails in a loop is told again after this; whether anybody is told then is decided where alerts are looked at. */
const TOLD_AGAIN_MS = 60_000

/**
 * What a ping makes of the state of its job, after the rules of healthchecks' ping API, with three differences: each run
 * has a clock of its own; a start is enough for what was due; and a failure leaves the next run expected.
 */
export const advance = (s: JobState, p: Ping, rule: Rule): Step => {
  if (rule.strict) {
    const step = advanceStrictly(s, p, rule)
    return { ...step, state: withLook(step.state, rule) }
  }
  const counted = { ...s, pings: s.pings + 1, lastPingAt: p.received }
  if (p.kind === 'log' || p.kind === 'ignored') return { ...plain(counted, p), run: runOf(s, p) }
  const step = p.kind === 'start' ? start(counted, p, rule) : finish(counted, p, rule)
  return { ...step, state: withLook(step.state, rule) }
}

const plain = (state: JobState, p: Ping): Step => ({
  state,
  run: p.rid ?? p.id,
  startedAt: null,
  dueAt: null,
  lost: [],
  flips: [],
})

/** A line of log belongs to the run that it names, else to the last one that began. */
const runOf = (s: JobState, p: Ping): string =>
  p.rid ?? s.open.findLast((r) => r.rid === null)?.run ?? s.open.at(-1)?.run ?? p.id

const start = (s: JobState, p: Ping, rule: Rule): Step => {
  const same = s.open.find((r) => r.rid === p.rid)
  // Told twice, or after its end: nothing begins.
  if (p.endedBefore || (same && p.rid !== null)) return plain(s, p)
  if (p.late && p.rid === null && s.lastAt !== null && p.happened < s.lastAt) return plain(s, p)
  const due = answeredBy(s, p.happened, rule)
  const kept = s.open.filter((r) => r !== same)
  const begun = { run: p.rid ?? p.id, rid: p.rid, at: p.happened, due, long: false }
  const marks = [
    ...(isOften(s, p.happened, p, rule) ? ['often' as const] : []),
    ...(kept.length > 0 && !p.late ? ['overlapping' as const] : []),
  ]
  const open: OpenRun[] = [...kept, marks.length > 0 ? { ...begun, marks } : begun]
  const tooMany = open.slice(0, Math.max(0, open.length - MOST_OPEN))
  const lost = [...(same ? [same] : []), ...tooMany]
  const spaced = runsOften(s, p.happened, p, rule)
  const state = {
    ...s,
    ...spaced.state,
    open: open.filter((r) => !tooMany.includes(r)),
    unheardAt: null,
    dueAt: nextDue(s, rule, due, p.happened),
  }
  const step = endLong({ ...plain(state, p), flips: spaced.flips }, s, lost, p, 'lost')
  return {
    ...step,
    dueAt: due,
    lost,
    ...(marks.includes('overlapping') ? { note: 'Another run was still going on.' } : {}),
  }
}

/** When it is expected next, after a sign of life. Signs that were told late do not pull it back. */
const nextDue = (s: JobState, rule: Rule, due: number | null, happened: number): number | null => {
  if (rule.paused) return null
  if (s.missedAt !== null) return due === null ? s.dueAt : expectAfter(rule, happened)
  if (s.dueAt === null) return expectAfter(rule, happened)
  // Between two times of a calendar the next one stays the next, and need not be worked out again.
  if (rule.isFixed && happened + rule.earlyMs < s.dueAt) return s.dueAt
  // What came hours before its time is not expected again at that time.
  const next = expectAfter(rule, rule.earlyMs > EARLY_MS ? Math.max(happened, due ?? happened) : happened)
  return next === null ? null : Math.max(next, s.dueAt)
}

const finish = (s: JobState, p: Ping, rule: Rule): Step => {
  const kind = p.kind === 'success' ? 'success' : 'fail'
  const own = s.open.findLast((r) => r.rid === p.rid)
  // A success of another run leaves the others running; without a name, or failing, it ends them.
  const ends = own ? [own] : p.rid === null || kind === 'fail' ? s.open : []
  const lost = own ? [] : ends
  const due = own ? own.due : answeredBy(s, p.happened, rule)
  const began = p.began ?? own?.at ?? null
  const ms = began !== null && p.happened >= began ? p.happened - began : null
  const run = own?.run ?? p.rid ?? p.id
  const closed = { ...s, open: s.open.filter((r) => !ends.includes(r)) }
  const base: Step = {
    state: closed,
    run,
    startedAt: began,
    dueAt: due,
    lost,
    flips: [],
    verdicts: [
      ...(due !== null && (began ?? p.happened) - due > rule.graceMs ? ['late' as const] : []),
      ...(own?.long || (ms !== null && rule.maxRunMs !== null && ms > rule.maxRunMs) ? ['long' as const] : []),
      ...(isShort(kind, ms, rule) ? ['short' as const] : []),
      ...(kind === 'fail' ? ['failed' as const] : []),
      ...(own?.marks ?? []),
    ],
  }
  const ended = endLong(base, s, ends, p, own ? kind : 'lost')
  // What happened before the last end says nothing about how the job is now.
  if (p.late && s.lastAt !== null && p.happened < s.lastAt) return ended
  return conclude(ended, p, rule, { kind, run, due, ms, began: began ?? p.happened })
}

type End = { kind: 'success' | 'fail'; run: string; due: number | null; ms: number | null; began: number }

const conclude = (step: Step, p: Ping, rule: Rule, { kind: told, run, due, ms, began }: End): Step => {
  const before = step.state
  // One whose start was not told begins for us with its end.
  const spaced =
    step.startedAt === null || p.began != null ? runsOften(before, began, p, rule) : { state: {}, flips: [] }
  const s = { ...before, ...spaced.state }
  const flips = [...step.flips, ...spaced.flips]
  let flip = s.flip
  const short = isShort(told, ms, rule)
  const kind = short ? 'fail' : told
  const fails = kind === 'fail' ? s.fails + 1 : 0
  const tolerated = kind === 'fail' && s.outcome !== 'fail' && fails < rule.failuresInARow
  const said = { run, exit: p.exit, ms, ended: kind, heard: p.late ? p.received : null, short }
  const tell = (f: Pick<Flip, 'kind' | 'on' | 'due'>) =>
    flips.push(plainFlip({ ...said, ...f, at: p.happened }, ++flip))
  const came = s.missedAt !== null && due !== null
  if (came) tell({ kind: 'miss', on: false, due: s.missedAt })
  const again = s.toldFailAt === null || p.received - s.toldFailAt >= TOLD_AGAIN_MS
  const tellsFailure = kind === 'fail' && !tolerated && !rule.paused && (s.outcome !== 'fail' || again)
  if (tellsFailure) tell({ kind: 'failure', on: true, due })
  if (kind === 'success' && s.outcome === 'fail') tell({ kind: 'failure', on: false, due })
  const state: JobState = {
    ...s,
    flip,
    outcome: tolerated ? (s.outcome ?? 'success') : kind,
    fails,
    lastAt: p.happened,
    lastRun: run,
    lastMs: ms,
    lastExit: p.exit,
    lastLateMs: due === null ? null : began - due,
    missedAt: came ? null : s.missedAt,
    unheardAt: null,
    toldFailAt: tellsFailure ? p.received : s.toldFailAt,
    dueAt: nextDue(s, rule, due, p.happened),
  }
  const note = noteOf(short, ms, tolerated ? fails : null, rule)
  const often = step.startedAt === null && isOften(before, began, p, rule)
  const verdicts: RunVerdict[] = [
    ...(step.verdicts ?? []),
    ...(tolerated ? ['tolerated' as const] : []),
    ...(often ? ['often' as const] : []),
  ]
  return { ...step, state, flips, verdicts, ...(note ? { note } : {}) }
}

/** It ended well, and too soon to be right. */
const isShort = (kind: 'success' | 'fail', ms: number | null, rule: Rule): boolean =>
  kind === 'success' && ms !== null && rule.minRunMs !== null && ms < rule.minRunMs

const noteOf = (short: boolean, ms: number | null, fails: number | null, rule: Rule): string | null => {
  const soon = short
    ? `It ended within ${spanWords(ms ?? 0)}; at least ${spanWords(rule.minRunMs ?? 0)} are expected.`
    : ''
  const borne = fails === null ? '' : `Failure ${fails} in a row; somebody is told after ${rule.failuresInARow}.`
  return [soon, borne].filter(Boolean).join(' ') || null
}

/** It begins too soon after the run before. */
const isOften = (s: JobState, began: number, p: Ping, rule: Rule): boolean =>
  rule.minGapMs !== null &&
  !rule.paused &&
  s.lastStart !== null &&
  !(p.late && began <= s.lastStart) &&
  began - s.lastStart < rule.minGapMs

/** Told once, until one keeps its distance. What is told late says nothing. */
const runsOften = (s: JobState, began: number, p: Ping, rule: Rule): { state: Partial<JobState>; flips: Flip[] } => {
  if (p.late && s.lastStart !== null && began <= s.lastStart) return { state: {}, flips: [] }
  const gap = s.lastStart === null ? null : began - s.lastStart
  const often = isOften(s, began, p, rule)
  if (often === s.often) return { state: { lastStart: began }, flips: [] }
  const flip = s.flip + 1
  const told = plainFlip({ kind: 'often', on: often, at: began, run: p.rid ?? p.id, ms: gap }, flip)
  return { state: { lastStart: began, often, flip }, flips: [told] }
}

/** The end of runs that took too long: told once no other one is too long any more. */
const endLong = (step: Step, s: JobState, ends: OpenRun[], p: Ping, ended: Flip['ended']): Step => {
  const was = ends.find((r) => r.long)
  if (!was || step.state.open.some((r) => r.long)) return step
  const flip = s.flip + 1
  const told = plainFlip(
    { kind: 'long', on: false, at: p.happened, run: was.run, ms: p.happened - was.at, ended, exit: p.exit },
    flip,
  )
  return { ...step, state: { ...step.state, flip }, flips: [...step.flips, told] }
}
