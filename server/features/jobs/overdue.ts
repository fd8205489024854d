import {
  deadlineOf,
  downBy,
  expectAfter,
  type Flip,
  type JobState,
  type OpenRun,
  plainFlip,
  type Rule,
  toldAt,
} from './job-state.ts'

/** From when to when Watchfloor was running, oldest first; epoch milliseconds. */
export type Observed = { from: number; to: number }

/** The record is written each minute; a longer silence at its end means that nobody was there. */
const GAP_MS = 180_000
/** A miss that lasts is looked at again after this, at the next time at which the job is due. */
const AGAIN_MS = 3_600_000
/** Where a sign may come much sooner: a restart of the evening before does not say why none has come by the morning. */
const EARLIEST_MS = 3_600_000

/** The end of the last stretch between `from` and `to` in which Watchfloor was not running, or null when it ran throughout. */
export const unobservedUntil = (spans: readonly Observed[], from: number, to: number, now: number): number | null => {
  const last = spans.at(-1)
  if (last && now - last.to > GAP_MS && to > last.to) return now
  for (let i = spans.length - 1; i > 0; i--) {
    const [before, after] = [spans[i - 1] as Observed, spans[i] as Observed]
    if (before.to < to && after.from > from) return after.from
  }
  return null
}

export type Overdue = {
  state: JobState
  flips: Flip[]
  lost: OpenRun[]
  /** It was paused, and is not any more. */
  resumes?: boolean
}

/**
 * What has not come in time, at `now`. The time in which Watchfloor itself was not running is not held against a job:
 * what was due then is given its grace anew from the moment we listen again, for what senders have kept for us; if it
 * has not come then, nobody knows whether it ran, and that is what is said.
 */
export const overdue = (before: JobState, rule: Rule, now: number, spans: readonly Observed[]): Overdue => {
  const flips: Flip[] = []
  const lost: OpenRun[] = []
  // By the letter of healthchecks down is down, until a success comes.
  if (rule.strict && downBy(before) !== null) return { state: { ...before, lookAt: null }, flips, lost }
  let s = before
  let wait = Number.POSITIVE_INFINITY
  const due = s.dueAt === null || rule.paused ? Number.POSITIVE_INFINITY : toldAt(s.dueAt, rule)
  for (const run of (rule.paused && !rule.strict) || rule.maxRunMs === null ? [] : s.open) {
    const limit = run.at + (rule.maxRunMs ?? 0)
    if (run.long || limit > now || (rule.strict && due < limit)) continue
    const heard = unobservedUntil(spans, run.at, limit, now)
    if (heard !== null && heard + rule.graceMs > now) wait = Math.min(wait, heard + rule.graceMs)
    else if (heard !== null) {
      lost.push(run)
      s = { ...s, open: s.open.filter((r) => r !== run) }
    } else {
      if (!s.open.some((r) => r.long))
        flips.push(plainFlip({ kind: 'long', on: true, at: limit, run: run.run }, s.flip + 1))
      s = { ...s, flip: s.flip + flips.length, open: s.open.map((r) => (r === run ? { ...r, long: true } : r)) }
    }
  }
  const isTold = rule.strict && flips.length > 0
  if (s.dueAt !== null && due <= now && !isTold) {
    const heard = unobservedUntil(spans, s.dueAt - Math.min(rule.earlyMs, EARLIEST_MS), due, now)
    if (heard !== null && heard + rule.graceMs > now) wait = Math.min(wait, heard + rule.graceMs)
    else {
      const kind = heard === null ? 'miss' : 'unheard'
      const flip = s.flip + 1
      flips.push(plainFlip({ kind, on: true, at: heard === null ? due : now, due: s.dueAt }, flip))
      s =
        heard === null
          ? {
              ...s,
              flip,
              missedAt: s.dueAt,
              unheardAt: null,
              dueAt: rule.strict ? null : expectAfter(rule, Math.max(s.dueAt, now + AGAIN_MS)),
            }
          : { ...s, flip, unheardAt: s.dueAt, dueAt: expectAfter(rule, heard) }
    }
  }
  const resumes = rule.paused && flips.length > 0
  return { state: { ...s, lookAt: nextLook(s, rule, wait, now) }, flips, lost, resumes }
}

const nextLook = (s: JobState, rule: Rule, wait: number, now: number): number | null => {
  // What waits has its deadline behind it: it alone must not make this come round at once.
  const deadline = deadlineOf(s, rule)
  const ahead = deadline !== null && deadline > now ? deadline : Number.POSITIVE_INFINITY
  const at = Math.min(ahead, wait)
  return Number.isFinite(at) ? at : null
}
