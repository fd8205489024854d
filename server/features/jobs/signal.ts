import type { Environment } from '../../../contract/base.ts'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import { cut } from '../../platform/text.ts'
import type { Signal } from '../alerts/index.ts'
import type { Flip, FlipKind } from './job-state.ts'
import {
  exitWords,
  lateWords,
  missWords,
  scheduleWords,
  spanWords,
  unheardWords,
  wallWords,
  zonedWords,
  zoneOf,
} from './job-words.ts'

/** What of a job its signals carry. */
export type Told = {
  id: string
  name: string
  environment: Environment
  /** Slug of its service. */
  service: string | null
  schedule: JobSchedule
  /** The name of the job that it follows. */
  follows: string | null
  /** Why nobody knows whether it is a business day, in a sentence; null: it is known. */
  doubtAt(ms: number): string | null
  graceSeconds: number
  maxRunSeconds: number | null
  minRunSeconds: number | null
  minGapSeconds: number | null
  failuresInARow: number
  description: string
  /** What tells of it by itself, such as a connection to its scheduler. */
  sight?: string | null
}

/** What the run left that a flip is about. */
export type Left = { output: string | null; bytes: number; host: string | null }

/** Each kind of trouble is an alert of its own: a job may have failed and be missing. */
export type AlertKind = Exclude<FlipKind, 'unheard'>
export const alertKinds: readonly AlertKind[] = ['miss', 'failure', 'long', 'often', 'unusual']
export const dedupKeyOf = (jobId: string, kind: AlertKind): string => `job:${jobId}:${kind}`

const SUMMARY = 500
const DETAILS = 9_500
const SHOWN_LINES = 40

/**
 * One line for people: what has become wrong, or how it became right. It is the title of an alert and of its incident, so
 * it says what is still true an hour later: times of day, no "10 min ago".
 */
export const summaryOf = (job: Told, f: Omit<Flip, 'flip'>, now: number): string => {
  if (f.words) return f.words
  const wall = (ms: number) => zonedWords(ms, zoneOf(job.schedule), now)
  const later = laterWords(f)
  const heard = later ? `, which was told ${later}` : ''
  const took = f.ms === null ? '' : f.ms < 1000 ? ' within a second' : ` after ${spanWords(f.ms)}`
  if (f.kind === 'miss' && f.on) {
    const doubt = job.doubtAt(f.due ?? f.at)
    return `${job.name} ${missWords(job.schedule, f.due ?? f.at, now)}${doubt ? `. ${doubt}` : ''}`
  }
  if (f.kind === 'unheard')
    return `${job.name} was due at ${wall(f.due ?? f.at)}, ${unheardWords(job.sight ?? null)}; whether it ran is not known`
  if (f.kind === 'miss') {
    const did = f.ended === 'fail' ? exitWords(f.exit) : 'ended well'
    const late = f.due === null ? '' : `, ${lateWords(f.at - f.due)} (it was due at ${wall(f.due)})`
    return `${job.name} ${did} at ${wall(f.at)}${took}${late}${heard}`
  }
  if (f.kind === 'failure' && f.on && f.short)
    return `${job.name} ended${took}, sooner than it can have done its work (at least ${spanWords((job.minRunSeconds ?? 0) * 1000)})${heard}`
  if (f.kind === 'often' && f.on)
    return `${job.name} runs too often: it began at ${wall(f.at)}, ${spanWords(f.ms ?? 0)} after the run before (at least ${spanWords((job.minGapSeconds ?? 0) * 1000)})`
  if (f.kind === 'often') return `${job.name} keeps its distance again: it began at ${wall(f.at)}`
  if (f.kind === 'failure' && f.on) return `${job.name} ${exitWords(f.exit)}${took}${heard}`
  if (f.kind === 'failure') return `${job.name} ended well again at ${wall(f.at)}${took}${heard}`
  const most = (job.maxRunSeconds ?? 0) * 1000
  if (f.on) return `${job.name} has been running since ${wall(f.at - most)}, for more than ${spanWords(most)}`
  if (f.ended === 'lost') return `${job.name} does not run too long any more: how its long run ended was not told`
  return `${job.name} ${f.ended === 'fail' ? exitWords(f.exit) : 'ended well'} at ${wall(f.at)}${took}${heard}`
}

/** How much later than it happened it was told, such as "1 h later"; null when it came at once. */
const laterWords = ({ at, heard }: Pick<Flip, 'at' | 'heard'>): string | null =>
  heard !== null && heard - at >= 60_000 ? `${spanWords(heard - at)} later` : null

/** The signal that tells alerts of it. */
export const signalOf = (job: Told, f: Flip, left: Left | null, now: number, baseUrl: string | undefined): Signal => ({
  kind: f.on ? 'firing' : 'resolved',
  dedupKey: dedupKeyOf(job.id, f.kind as AlertKind),
  // What ends is in order of arrival: the end of a run may be older than the alert that it is late.
  at: f.on ? Temporal.Instant.fromEpochMilliseconds(f.at) : null,
  severity: severityOf(f.kind, job.environment),
  summary: cut(summaryOf(job, f, now), SUMMARY),
  details: detailsOf(job, f, left, now),
  told: toldOf(job, f, left),
  ...(job.service ? { service: job.service } : {}),
  environment: job.environment,
  labels: { job: job.name, what: f.kind, ...(left?.host ? { 'run on': left.host } : {}) },
  links: baseUrl ? [{ label: 'Job', url: `${baseUrl}/jobs/${job.id}` }] : [],
})

/**
 * A batch that failed leaves its service degraded, not down: what of the business stands still is for its impact to say,
 * which the desk proposes from the service.
 */
const severityOf = (kind: FlipKind, environment: Environment): Signal['severity'] =>
  (kind === 'miss' || kind === 'failure') && environment === 'prod' ? 'medium' : 'low'

/** Its name, what is said of it, and what it said itself. */
const toldOf = (job: Told, f: Flip, left: Left | null): string => {
  const output = f.kind === 'failure' && f.on ? left?.output?.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n') : ''
  return cut([job.name, job.description, output].filter(Boolean).join('\n'), DETAILS)
}

const detailsOf = (job: Told, f: Flip, left: Left | null, now: number): string => {
  const zone = zoneOf(job.schedule)
  const about = job.description ? [job.description, ''] : []
  if (f.kind === 'failure' && f.on) {
    const later = laterWords(f)
    // Its alert begins with the telling.
    const ended = later ? [`It ended at ${wallWords(f.at, zone, now)} ${zone}, and that was told ${later}.`, ''] : []
    return cut([...about, ...ended, ...outputLines(left)].join('\n'), DETAILS)
  }
  if (f.kind === 'miss' && f.on) {
    const due = f.due ?? f.at
    const until = due + job.graceSeconds * 1000
    const when = Temporal.Instant.fromEpochMilliseconds(due).toZonedDateTimeISO(zone)
    return cut(
      [
        ...about,
        `Due ${when.toPlainDate()} ${wallWords(due, zone, due)} ${zone}; ${spanWords(job.graceSeconds * 1000)} of grace, until ${wallWords(until, zone, due)}.`,
        `Expected: ${scheduleWords(job.schedule, job.follows ?? undefined)}.`,
      ].join('\n'),
      DETAILS,
    )
  }
  if (f.kind === 'long' && f.on)
    return cut(
      [...about, `It began at ${wallWords(f.at - (job.maxRunSeconds ?? 0) * 1000, zone, now)} ${zone}.`].join('\n'),
      DETAILS,
    )
  return cut(job.description, DETAILS)
}

const outputLines = (left: Left | null): string[] => {
  if (!left?.output) return ['It sent no output.']
  const lines = left.output.trimEnd().split('\n')
  const shown = lines.slice(-SHOWN_LINES)
  // The end is what tells why, so it is the beginning that is cut.
  while (shown.length > 1 && shown.join('\n').length > DETAILS - 1_000) shown.shift()
  const isCut = shown.length < lines.length
  return [
    isCut ? `The last ${shown.length} lines of its output:` : 'Its output:',
    '',
    shown.join('\n').slice(1_000 - DETAILS),
  ]
}
