import { type SlaCutOff, type SlaState, slaClockWords } from '../../../contract/sla/index.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Pause, Run, Stop } from './history.ts'
import type { Reached } from './measure.ts'
import type { CountedCalendar, PolicyRules } from './policy-rules.ts'
import { durationWords, timeWords } from './words.ts'

/** All that a clock's derivation tells. */
export type Account = {
  clock: 'first_response' | 'update' | 'resolution'
  priority: number
  policy: Pick<PolicyRules, 'name' | 'version' | 'warnPercent'>
  calendar: CountedCalendar
  /** In whose time it is told. */
  zone: string
  minutes: number
  start: Instant
  startWords: string
  pauses: readonly Pause[]
  due: Reached
  warn: Instant | null
  stop: Stop | null
  state: SlaState
  elapsed: number
}

const SHOWN_PAUSES = 5

/** How a clock came about, in sentences that a person can check with a calendar in hand. */
export const tellTime = (a: Account): string[] => {
  const at = (when: Instant) => timeWords(when, a.start, a.zone)
  const hours = a.calendar ? `in the open hours of ${a.calendar.name}` : 'around the clock'
  return [
    `P${a.priority}: ${slaClockWords[a.clock].toLowerCase()} within ${durationWords(a.minutes)}, counted ${hours}, from ${at(a.start)}, ${a.startWords}.`,
    ...tellPauses(a, at),
    ...tellDue(a, at),
    ...tellEnd(a, at),
  ]
}

type At = (when: Instant) => string

const tellPauses = ({ pauses }: Account, at: At): string[] => {
  const told = pauses
    .slice(-SHOWN_PAUSES)
    .map((p) => `It stood still from ${at(p.from)} ${p.to ? `to ${at(p.to)}` : 'on'} (${p.why}).`)
  const more = pauses.length - told.length
  return more > 0 ? [`It stood still ${more} more times before.`, ...told] : told
}

const tellDue = (a: Account, at: At): string[] => {
  if (a.due.kind === 'never') return [`There is no due time. ${a.due.reason}`]
  if (a.due.kind === 'standing') {
    const left = Math.max(0, a.minutes - a.elapsed)
    return [`${durationWords(a.elapsed)} of it are used; ${durationWords(left)} are left when it goes on.`]
  }
  const warn =
    a.warn && a.stop === null ? ` A warning comes at ${at(a.warn)}, when ${a.policy.warnPercent} % is used.` : ''
  const doubt = a.due.known
    ? ''
    : ` The holidays of ${a.calendar?.name} are known through ${a.calendar?.rules.validThrough} only, so this may move.`
  return [`Due ${at(a.due.at)}.${warn}${doubt}`]
}

const tellEnd = ({ stop, state, elapsed, due }: Account, at: At): string[] => {
  const reclass =
    state === 'breached_on_reclass'
      ? ['It was over time at once when the priority changed, and is counted apart for that.']
      : []
  if (!stop) return state === 'breached' && due.kind === 'at' ? ['It is over time.'] : reclass
  const when = at(stop.at)
  if (stop.how !== 'done')
    return [
      `It ended at ${when}, because ${stop.words}${state === 'cancelled' ? '' : '; it was over time by then'}.`,
      ...reclass,
    ]
  const used = durationWords(elapsed)
  if (state === 'met') return [`Met: ${stop.words} at ${when}, after ${used}.`]
  return [`Too late: ${stop.words} at ${when}, after ${used}.`, ...reclass]
}

type CutOffAccount = { cutOff: SlaCutOff; run: Run; dueAt: Instant | null; state: SlaState }

/** As `tellTime`, for a clock that ends at a time of day. */
export const tellCutOff = ({ cutOff, run, dueAt, state }: CutOffAccount): string[] => {
  const at = (when: Instant) => timeWords(when, run.start, cutOff.zone)
  return [
    `${cutOff.name}: before the next ${cutOff.atTime} by the clock of ${cutOff.zone} after ${at(run.start)}, ${run.startWords}.`,
    ...(dueAt ? [`Due ${at(dueAt)}; nothing that it waits for moves it.`] : []),
    ...(run.stop && state === 'met' ? [`Met: ${run.stop.words} at ${at(run.stop.at)}.`] : []),
    ...(run.stop && state !== 'met' ? [`It ended at ${at(run.stop.at)}: ${run.stop.words}.`] : []),
    ...(!run.stop && state === 'breached' ? ['It is over time.'] : []),
  ]
}
