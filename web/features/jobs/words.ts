import {
  type JobHold,
  type JobRules,
  type JobSchedule,
  type JobStatus,
  type PingFilters,
  type PingKeyKind,
  type PingKind,
  type RunOutcome,
  type RunVerdict,
  scheduleWordsBy,
} from '../../../contract/jobs/index.ts'
import type { Tone } from '../../ui/Marks.tsx'
import { duration, span, zoneName } from '../../ui/time.ts'
import type { Run } from './data.ts'

export const stateTone: Record<JobStatus, Tone> = {
  missing: 'down',
  failed: 'down',
  running_long: 'warn',
  late: 'warn',
  unknown: 'blind',
  running: 'ok',
  ok: 'ok',
  new: 'off',
  paused: 'off',
}

export const stateWords: Record<JobStatus, string> = {
  missing: 'missing',
  failed: 'failed',
  running_long: 'running long',
  late: 'late',
  unknown: 'unknown',
  running: 'running',
  ok: 'ok',
  new: 'new',
  paused: 'paused',
}

/** Its scheduler does not start it. */
export const holdWords: Record<JobHold, string> = {
  none: '',
  held: 'on hold',
  iced: 'on ice',
  bypassed: 'passed over',
}

export const outcomeTone: Record<RunOutcome, Tone> = { running: 'ok', success: 'ok', fail: 'down', lost: 'blind' }
export const outcomeWords: Record<RunOutcome, string> = {
  running: 'running',
  success: 'ended well',
  fail: 'failed',
  lost: 'end not told',
}

export const verdictWords: Record<RunVerdict, string> = {
  late: 'started late',
  long: 'ran too long',
  short: 'too short',
  failed: 'failed',
  tolerated: 'failure borne',
  often: 'too soon after the last',
  overlapping: 'overlapping',
  unusual_duration: 'unusual duration',
  unusual_volume: 'unusual volume',
}

/** What its outcome does not say. */
export const noteworthy = (verdicts: readonly RunVerdict[]): RunVerdict[] => verdicts.filter((v) => v !== 'failed')

const dayWords: Record<Run['unusual'][number]['dayClass'], string> = {
  weekday: 'on a weekday',
  monday: 'on a Monday',
  'after-holiday': 'on the day after a holiday',
  'month-end': 'at the end of a month',
  'quarter-end': 'at the end of a quarter',
  'day-off': 'on a day off',
  any: 'on any day',
}

/** A value of a measure: '38 min', '12,345'. */
export const measured = (measure: string, value: number): string =>
  measure === 'duration' ? tookWords(value) : value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 })

type Usual = Pick<Run['unusual'][number], 'measure' | 'low' | 'high' | 'n' | 'dayClass'>

/** '38 min to 52 min on a Monday, of 14 runs' */
export const usualOf = (u: Usual): string =>
  `${measured(u.measure, u.low)} to ${measured(u.measure, u.high)} ${dayWords[u.dayClass]}, of ${u.n} runs`

export const pingWords: Record<PingKind, string> = {
  start: 'started',
  success: 'ended well',
  fail: 'failed',
  log: 'log',
  lost: 'end not told',
  ignored: 'did not count',
}

/** '0 22 * * 1-5 · London', 'Mon..Fri 22:00; Sat 09:00 · London', 'every 5 min'. `follows`: the name of the job it follows. */
export const scheduleWords = (s: JobSchedule, follows?: string): string =>
  scheduleWordsBy(s, { span: seconds, zone: (zone) => ` · ${zoneName(zone)}` }, follows)

/** Seconds as people say them: '90 s', '10 min', '1 h 30 min'. */
export const seconds = (value: number): string =>
  value < 3600 && value % 60 !== 0 ? duration(value * 1000) : span(value * 1000, 'long')

/** How long it took: exact below a minute, then as people say it. */
export const tookWords = (ms: number): string => (ms < 60_000 ? duration(ms) : span(ms))

/** 'on time', '41 min late', '30 s early'. */
export const lateWords = (ms: number | null): string => {
  if (ms === null) return 'not due'
  if (Math.abs(ms) < 60_000) return 'on time'
  return `${span(ms, 'long')} ${ms > 0 ? 'late' : 'early'}`
}

/** '12 kB' of what was sent. */
export const sizeWords = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

export const ruleWords: Record<JobRules, string> = { own: 'own', healthchecks: 'as healthchecks' }

export const looksForWords = (f: PingFilters): boolean => f.httpBody || f.subject || f.body

const words = (list: string) =>
  list
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)
    .map((word) => `“${word}”`)
    .join(' or ')

/** What of its pings counts, a sentence each; none where nothing is filtered. */
export const filterWords = (f: PingFilters): string[] => {
  const plain = [
    ...(f.post ? ['Only POST counts.'] : []),
    ...(f.exits?.length ? [`A run that ends with exit status ${f.exits.join(', ')} has ended well, as with 0.`] : []),
  ]
  if (!looksForWords(f)) return plain
  const places = [
    f.httpBody && 'what a ping sends',
    f.subject && 'the subject of a mail',
    f.body && 'the text of a mail',
  ].filter((place) => place !== false)
  const meanings = [
    words(f.failure) && `${words(f.failure)} is a failure`,
    words(f.success) && `${words(f.success)} a success`,
    words(f.start) && `${words(f.start)} a start`,
  ].filter(Boolean)
  return [
    ...plain,
    `In ${places.join(', or in ')}: ${[...meanings, f.otherwise === 'fail' ? 'none of them a failure' : 'none of them does not count'].join(', ')}.`,
  ]
}

type KeyWords = { title: string; the: string; whom: string; length: number }
/** The keys of a team, with how many characters healthchecks gives them. */
export const keyWords: Record<PingKeyKind, KeyWords> = {
  ping: { title: 'Ping key', the: 'the ping key', whom: 'Senders', length: 22 },
  write: { title: 'API key', the: 'the API key', whom: 'Programs', length: 32 },
  read: { title: 'Read-only API key', the: 'the read-only API key', whom: 'Programs', length: 32 },
}
