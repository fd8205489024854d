/** The newest state of one job. Times are epoch milliseconds. */
export type JobState = {
  /** Of the last run that ended. */
  outcome: 'success' | 'fail' | null
  lastAt: number | null
  lastRun: string | null
  lastMs: number | null
  lastExit: number | null
  lastLateMs: number | null
  lastPingAt: number | null
  pings: number
  /** Runs that have started and not ended, the oldest first. */
  open: OpenRun[]
  /** When it is expected next. */
  dueAt: number | null
  /** When it was last expected and did not come. */
  missedAt: number | null
  /** When it was expected while nobody was listening. */
  unheardAt: number | null
  lookAt: number | null
  toldFailAt: number | null
  /** Runs that failed since the last good one. */
  fails: number
  /** When its last run began, as far as it is known. */
  lastStart: number | null
  /** It is told that it runs too often. */
  often: boolean
  flip: number
}

export type OpenRun = {
  run: string
  rid: string | null
  at: number
  due: number | null
  long: boolean
  /** What was wrong with its beginning. */
  marks?: ('often' | 'overlapping')[]
  /** It has ended badly, and stands for the long run that is told until a success comes. By the rules of healthchecks alone. */
  over?: true
}

/** What a job is held to. */
export type Rule = {
  /** The first time after another at which it is expected. */
  after(ms: number): number | null
  /** Its times stand in a calendar, and do not move with what is heard. */
  isFixed: boolean
  /** So much before it is due it may come. */
  earlyMs: number
  graceMs: number
  maxRunMs: number | null
  minRunMs: number | null
  minGapMs: number | null
  failuresInARow: number
  paused: boolean
  /** To the letter of healthchecks. */
  strict: boolean
  resumesByHand: boolean
  /** Until then nobody is told that it did not come: somebody has said that it will be late. */
  lateUntil: number | null
}

export type FlipKind = 'miss' | 'failure' | 'long' | 'unheard' | 'often' | 'unusual'

/** A change that is told: what has become wrong (`on`), or is right again. */
export type Flip = {
  kind: FlipKind
  on: boolean
  flip: number
  at: number
  /** When it was due, of a miss. */
  due: number | null
  /** The run that it is about. */
  run: string | null
  exit: number | null
  ms: number | null
  /** How a run ended that was missed or too long. */
  ended: 'success' | 'fail' | 'lost' | null
  /** When we heard of it, where that was later. */
  heard: number | null
  /** It ended well, and too soon to be right. */
  short: boolean
  /** What is told, where only whoever tells it knows the words. */
  words?: string
}

export const plainFlip = (flip: Pick<Flip, 'kind' | 'on' | 'at'> & Partial<Flip>, number: number): Flip => ({
  due: null,
  run: null,
  exit: null,
  ms: null,
  ended: null,
  heard: null,
  short: false,
  ...flip,
  flip: number,
})

export const freshState: JobState = {
  outcome: null,
  lastAt: null,
  lastRun: null,
  lastMs: null,
  lastExit: null,
  lastLateMs: null,
  lastPingAt: null,
  pings: 0,
  open: [],
  dueAt: null,
  missedAt: null,
  unheardAt: null,
  lookAt: null,
  toldFailAt: null,
  fails: 0,
  lastStart: null,
  often: false,
  flip: 0,
}

/** A job whose clock is ahead of ours by up to this comes early by our clock, and is meant all the same. */
export const EARLY_MS = 60_000
/** Only where times are so far apart that nobody can take one for the other. */
const FAR_APART_MS = 600_000

/** When a job that was heard of at `ms` is expected next: what is due within the next minute counts as having come. */
export const expectAfter = ({ after }: Pick<Rule, 'after'>, ms: number): number | null => {
  const next = after(ms)
  if (next === null || next - ms > EARLY_MS) return next
  const following = after(next)
  return following === null || following - next >= FAR_APART_MS ? following : next
}

/** The time at which it was due, of a run that was first heard of at `ms`; null when nothing was due. */
export const answeredBy = (
  s: JobState,
  ms: number,
  { after, earlyMs }: Pick<Rule, 'after' | 'earlyMs'>,
): number | null => {
  const due = s.missedAt ?? s.dueAt
  if (due === null || ms < due - earlyMs) return null
  // What may come hours before its time may come before another one: then it is of that.
  const next = earlyMs > EARLY_MS && s.missedAt === null && ms < due ? after(ms) : null
  return next !== null && next < due ? null : due
}

/** What makes a job down, if anything does. By the rules of healthchecks it is one cause at a time. */
export const downBy = (s: JobState): 'miss' | 'long' | 'failure' | null => {
  if (s.missedAt !== null) return 'miss'
  if (s.open.some((r) => r.long)) return 'long'
  return s.outcome === 'fail' ? 'failure' : null
}

/** When somebody is told unless it comes. */
export const toldAt = (due: number, rule: Rule): number => Math.max(due + rule.graceMs, rule.lateUntil ?? 0)

/** The next instant at which something has not come in time; null when nothing is waited for. */
export const deadlineOf = (s: JobState, rule: Rule): number | null => {
  if (rule.strict && downBy(s) !== null) return null
  if (rule.paused && !(rule.strict && s.open.length > 0)) return null
  const limits = rule.maxRunMs === null ? [] : s.open.filter((r) => !r.long).map((r) => r.at + (rule.maxRunMs ?? 0))
  const all = s.dueAt === null || rule.paused ? limits : [...limits, toldAt(s.dueAt, rule)]
  return all.length > 0 ? Math.min(...all) : null
}

/** The state with a look no later than its deadline. A look that comes too early is left as it is, and costs no write of the index. */
export const withLook = (s: JobState, rule: Rule): JobState => {
  const deadline = deadlineOf(s, rule)
  return deadline === null || (s.lookAt !== null && s.lookAt <= deadline) ? s : { ...s, lookAt: deadline }
}
