import type { JobSchedule, JobStatus, RunOutcome } from '../../../contract/jobs/index.ts'
import type { Tone } from '../../ui/Marks.tsx'
import { duration, span, zoneName } from '../../ui/time.ts'

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

export const outcomeTone: Record<RunOutcome, Tone> = { running: 'ok', success: 'ok', fail: 'down', lost: 'blind' }
export const outcomeWords: Record<RunOutcome, string> = {
  running: 'running',
  success: 'ended well',
  fail: 'failed',
  lost: 'end not told',
}

/** '0 22 * * 1-5 · London', 'Mon..Fri 22:00; Sat 09:00 · London', 'every 5 min'. */
export const scheduleWords = (s: JobSchedule): string =>
  s.kind === 'period'
    ? `every ${seconds(s.seconds)}`
    : `${s.expression.split('\n').filter(Boolean).join('; ')} · ${zoneName(s.zone)}`

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
