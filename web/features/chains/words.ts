import { tellDone, tellEnd, tellSlack } from '../../../contract/chains/minutes.ts'
import type { JobPhase, NightState, TellFrom } from '../../../contract/chains/words.ts'
import type { Tone } from '../../ui/Marks.tsx'
import { clock, day, type Instant, millis, span, zoneName } from '../../ui/time.ts'

export const stateTone: Record<NightState, Tone> = {
  late: 'down',
  blocked: 'down',
  predicted_late: 'warn',
  at_risk: 'warn',
  unknown: 'blind',
  no_statistics: 'blind',
  on_time: 'ok',
  planned: 'off',
  done_late: 'off',
  done: 'ok',
}

export const stateWords: Record<NightState, string> = {
  late: 'late',
  blocked: 'blocked',
  predicted_late: 'predicted late',
  at_risk: 'at risk',
  unknown: 'unknown',
  no_statistics: 'no statistics',
  on_time: 'on time',
  planned: 'planned',
  done_late: 'done late',
  done: 'done',
}

/** Nothing more can happen to it. */
export const isOver = (state: NightState): boolean => state === 'done' || state === 'done_late'

const dayMs = 86_400_000

export type JobEnd = { state: string; lastAt: string | null; dueAt: string | null }

/**
 * The job has ended well for the night of the deadline, so that nothing of it is to be done: it runs next after the
 * deadline, or, where nobody knows when, it ended in the day before it.
 */
export const isDoneFor = ({ state, lastAt, dueAt }: JobEnd, deadline: string | null): boolean => {
  if (state !== 'ok' || !lastAt || !deadline) return false
  const ended = millis(deadline) - millis(lastAt)
  return ended < dayMs && (dueAt === null || millis(dueAt) > millis(deadline))
}

export const phaseWords: Record<JobPhase, string> = {
  running: 'running',
  failed: 'failed',
  blocked: 'blocked',
  held: 'held',
  retries: 'runs again',
  mending: 'to be mended',
  waits: 'waits',
  done: 'done',
  iced: 'on ice',
  not_tonight: 'not tonight',
}

export const tellWords: Record<TellFrom, string> = {
  at_risk: 'at risk: missed with odds of a fifth or more',
  predicted_late: 'predicted late: missed with odds over its limit',
  late: 'late: its time is over',
}

/** '61 %'; no more than is known: never 0 % or 100 % of what has not happened. */
export const oddsWords = (odds: number | null): string => {
  if (odds === null) return 'not known'
  const percent = Math.round(odds * 100)
  if (percent < 1) return '< 1 %'
  return percent > 99 ? '> 99 %' : `${percent} %`
}

/** How loud odds are shown. */
export const oddsTone = (odds: number) => (odds >= 0.5 ? 'high' : odds >= 0.2 ? 'some' : undefined)

const signed = (ms: number): string => (ms === 0 ? '0 min' : `${ms < 0 ? '−' : ''}${span(ms)}`)

/** 'slack −4 min': from the expected end to the deadline. */
export const slackWords = (ms: number | null): string => (ms === null ? 'no end' : signed(tellSlack(ms)))

/** The same of what is done. */
export const doneSlackWords = (doneAt: Instant, dueAt: Instant): string =>
  signed(tellDone(millis(doneAt), millis(dueAt)))

/** '07:45', with the day where it is another one than the reader's. */
export const timeIn = (at: Instant, zone: string, now: number): string =>
  day(at, zone) === day(now, zone) ? clock(at, zone) : `${day(at, zone).split(' ')[0]} ${clock(at, zone)}`

/** The same of an expected end. */
export const endIn = (at: Instant, zone: string, now: number): string => timeIn(tellEnd(millis(at)), zone, now)

/** '07:45 London': a deadline is a time of its own zone. */
export const dueWords = (at: Instant, zone: string, now: number): string => `${timeIn(at, zone, now)} ${zoneName(zone)}`

/** A business date as people say it: 'Wed 25 Nov'. */
export const dateWords = (date: string): string => day(Date.parse(`${date}T12:00Z`), 'UTC')

export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T12:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** 'business_day' → 'business day'. */
export const dayClassWords = (dayClass: string): string => dayClass.replaceAll(/[_-]/g, ' ')

/** Done so long before its time, or after it. */
export const doneWords = (doneAt: Instant, dueAt: Instant): string => {
  const ms = tellDone(millis(doneAt), millis(dueAt))
  return `${span(ms)} ${ms < 0 ? 'after' : 'before'} its time`
}

type Rerun = { rerunFrom: string; rerunBy: string | null }

/** When the job to act on can begin anew, and until when that helps; nothing where it could at once and none makes it. */
export const rerunWords = ({ rerunFrom, rerunBy }: Rerun, hasRun: boolean, zone: string, now: number) => {
  const waits = millis(rerunFrom) > now
  const from = timeIn(rerunFrom, zone, now)
  if (!rerunBy) return waits ? `it can be run${hasRun ? ' again' : ''} from ${from}` : undefined
  const by = timeIn(rerunBy, zone, now)
  // It is busy for longer than there is time: somebody would have to stop what runs.
  if (millis(rerunFrom) > millis(rerunBy)) return `begun anew by ${by}, it makes it; what runs now ends at ${from}`
  return `${hasRun ? 'run again, it' : 'it'} makes it if it begins ${waits ? `between ${clock(rerunFrom, zone)} and ${by}` : `by ${by}`}`
}
