import {
  type SlaClockName,
  type SlaCutOff,
  type SlaState,
  type SlaTarget,
  slaPriorities,
} from '../../../contract/sla/index.ts'
import { type Instant, isBefore, later, plusMinutes } from '../../platform/clock.ts'
import { aroundTheClock } from '../calendars/index.ts'
import { nextCutOffAt } from '../catalog/index.ts'
import { type Account, tellCutOff, tellTime } from './account.ts'
import type { ClockFact } from './facts.ts'
import { type History, historyOf, type Pause, type Run } from './history.ts'
import { elapsedMs, type Reached, reaches } from './measure.ts'
import type { CountedCalendar, PolicyRules } from './policy-rules.ts'

/** One clock of a ticket, one run of it. Minutes are open time; they have fractions. */
export type SlaClock = {
  clock: SlaClockName
  /** Which one, where there may be several: the name of a cut-off. */
  label: string
  cycle: number
  state: SlaState
  startedAt: Instant
  /** Null while a pause has no end yet, and when the calendar never comes so far. */
  dueAt: Instant | null
  warnAt: Instant | null
  stoppedAt: Instant | null
  /** It neither stands still nor is over. */
  ticking: boolean
  targetMinutes: number | null
  elapsedMinutes: number
  /** How it came about, in sentences; composed when asked, because most clocks are computed without being read. */
  tell(): string[]
  /** What is wrong with the set-up, when no due time can be found: a sentence with the remedy. */
  problem: string | null
}

export type ClocksGiven = {
  facts: readonly ClockFact[]
  policy: PolicyRules
  calendar: CountedCalendar
  now: Instant
}

const MINUTE = 60_000
const target = (policy: PolicyRules, priority: number): SlaTarget | undefined =>
  policy.targets[slaPriorities[priority - 1] ?? 'P5']

/**
 * All clocks of a ticket as a function of what happened to it, the policy and the calendar: nothing is counted up, so
 * the answer is the same whenever and wherever it is computed. A run that was stopped is judged by the priority it had
 * then.
 */
export const clocksOf = (given: ClocksGiven): SlaClock[] => {
  const { policy } = given
  const facts = given.facts.toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
  const history = historyOf(facts, {
    ...policy,
    answersFirst: (priority) => target(policy, priority)?.firstResponse != null,
  })
  const timed = (clock: 'first_response' | 'update' | 'resolution', runs: readonly Run[]) =>
    runs.flatMap((run) => timeClock(given, history, clock, run) ?? [])
  return [
    ...timed('first_response', [history.response]),
    ...timed('update', history.updates),
    ...timed('resolution', history.resolutions),
    ...policy.cutOffs.flatMap((cutOff) =>
      history.resolutions.flatMap((run) => cutOffClock(given, history, cutOff, run) ?? []),
    ),
  ]
}

type TimedName = 'first_response' | 'update' | 'resolution'
const minutesOf = (clock: TimedName, t: SlaTarget | undefined): number | null =>
  (clock === 'first_response' ? t?.firstResponse : clock === 'update' ? t?.update : t?.resolution) ?? null

const timeClock = (given: ClocksGiven, history: History, clock: TimedName, run: Run): SlaClock | null => {
  const { policy, calendar, now } = given
  const end = run.stop?.at ?? now
  const priorities = history.priorities.filter((p) => !isBefore(end, p.at))
  const found = evaluate(given, clock, run, { priorities, pauses: history.pauses, asOf: end })
  if (!found) return null
  const { due, warn, rules, start, priority, minutes, pauses, reclass } = found
  const dueAt = due.kind === 'at' ? due.at : null
  const paused = run.stop === null && due.kind === 'standing'
  const standing = run.stop === null && pauses.some((p) => p.to === null)
  const state = stateOf(run, dueAt, now, { paused, reclass })
  const elapsed = elapsedMs(rules, { start, pauses }, end) / MINUTE
  const account: Account = {
    clock,
    priority,
    policy,
    calendar: found.counted,
    zone: calendar?.rules.zone ?? 'UTC',
    minutes,
    start,
    startWords: start.equals(run.start) ? run.startWords : `when its priority became P${priority}`,
    pauses: pauses.filter((p) => isBefore(start, p.to ?? now)),
    due,
    warn,
    stop: run.stop,
    state,
    elapsed,
  }
  return {
    clock,
    label: '',
    cycle: run.cycle,
    state,
    startedAt: start,
    dueAt,
    warnAt: warn,
    stoppedAt: run.stop?.at ?? null,
    ticking: run.stop === null && !standing,
    targetMinutes: minutes,
    elapsedMinutes: elapsed,
    tell: () => tellTime(account),
    problem: due.kind === 'never' ? due.reason : null,
  }
}

type Seen = { priorities: History['priorities']; pauses: readonly Pause[]; asOf: Instant }

/** Pauses as they were known at `asOf`. */
const known = (pauses: readonly Pause[], asOf: Instant): Pause[] =>
  pauses
    .filter((p) => isBefore(p.from, asOf) || (p.to === null && p.from.equals(asOf)))
    .map((p) => (p.to && isBefore(asOf, p.to) ? { ...p, to: null } : p))

const evaluate = (given: ClocksGiven, clock: TimedName, run: Run, seen: Seen) => {
  const { policy, calendar } = given
  const changes = seen.priorities.slice(1).filter((p) => isBefore(run.start, p.at))
  const priority = seen.priorities.at(-1)?.priority ?? 5
  const wanted = target(policy, priority)
  const minutes = minutesOf(clock, wanted)
  if (!wanted || minutes === null) return null
  const counted = wanted.clock === 'support' ? calendar : null
  const rules = counted?.rules ?? aroundTheClock
  const last = changes.at(-1)
  const start = policy.onReclass === 'from_change' && last ? later(run.start, last.at) : run.start
  // A run that was stopped ended its pauses too, whatever came after.
  const pauses = known(seen.pauses, seen.asOf).map((p) => (run.stop && p.to === null ? { ...p, to: run.stop.at } : p))
  const due = reaches(rules, { start, pauses }, minutes * MINUTE)
  const warned =
    policy.warnPercent === null
      ? null
      : reaches(rules, { start, pauses }, Math.round(minutes * MINUTE * (policy.warnPercent / 100)))
  const reclass: boolean = last ? atReclass(given, clock, run, seen, due, last.at) : false
  return {
    due,
    warn: warned?.kind === 'at' ? warned.at : null,
    rules,
    counted,
    start,
    priority,
    minutes,
    pauses,
    reclass,
  }
}

/** Was it over time at once when the priority changed, and not before? */
const atReclass = (given: ClocksGiven, clock: TimedName, run: Run, seen: Seen, due: Reached, at: Instant): boolean => {
  if (due.kind !== 'at' || isBefore(at, due.at)) return false
  const priorities = seen.priorities.slice(0, -1)
  const before = evaluate(given, clock, { ...run, stop: null }, { priorities, pauses: seen.pauses, asOf: at })
  if (before?.due.kind !== 'at' || isBefore(at, before.due.at)) return true
  return before.reclass
}

const stateOf = (
  run: Run,
  dueAt: Instant | null,
  now: Instant,
  { paused, reclass }: { paused: boolean; reclass: boolean },
): SlaState => {
  const late = dueAt !== null && (run.stop ? isBefore(dueAt, run.stop.at) : !isBefore(now, dueAt))
  if (late) return reclass ? 'breached_on_reclass' : 'breached'
  if (run.stop) return run.stop.how === 'done' ? 'met' : 'cancelled'
  return paused ? 'paused' : 'running'
}

/** A clock that ends at a time of day. It runs on whatever the ticket waits for: the market does not wait. */
const cutOffClock = (given: ClocksGiven, history: History, cutOff: SlaCutOff, run: Run): SlaClock | null => {
  const { now } = given
  const end = run.stop?.at ?? now
  const priority = history.priorities.filter((p) => !isBefore(end, p.at)).at(-1)?.priority ?? 5
  if (cutOff.priorities.length > 0 && !cutOff.priorities.includes(priority)) return null
  const dueAt = nextCutOffAt(cutOff, run.start)
  const warn = dueAt && plusMinutes(dueAt, -cutOff.warnMinutes)
  const state = stateOf(run, dueAt, now, { paused: false, reclass: false })
  return {
    clock: 'cut_off',
    label: cutOff.name,
    cycle: run.cycle,
    state,
    startedAt: run.start,
    dueAt,
    warnAt: warn && isBefore(run.start, warn) ? warn : null,
    stoppedAt: run.stop?.at ?? null,
    ticking: run.stop === null,
    targetMinutes: null,
    elapsedMinutes: Math.max(0, (end.epochMilliseconds - run.start.epochMilliseconds) / MINUTE),
    tell: () => tellCutOff({ cutOff, run, dueAt, state }),
    problem: null,
  }
}

/** The clock that runs out first of those that tick; null when none does. */
export const nextDue = <C extends Pick<SlaClock, 'dueAt' | 'ticking'>>(clocks: readonly C[]): C | null =>
  clocks.reduce<C | null>(
    (first, c) => (c.ticking && c.dueAt && (!first?.dueAt || isBefore(c.dueAt, first.dueAt)) ? c : first),
    null,
  )
