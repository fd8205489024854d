import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import { fileWords, scheduleWordsBy } from '../../../contract/jobs/schedule-words.ts'
import type { JobStatus } from '../../../contract/jobs/words.ts'
import { DAY, wallAt } from '../../platform/wall-clock.ts'
import type { JobState } from './job-state.ts'

/** "10 min", "2 h 5 min", "3 d 4 h": whole minutes from one up, as people say it. */
export const spanWords = (ms: number): string => {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  const days = Math.floor(hours / 24)
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`
}

/** The zone in which its times are meant; null where it names none. */
export const zoneIn = (s: JobSchedule): string | null => ('zone' in s ? s.zone : null)
export const zoneOf = (s: JobSchedule): string => zoneIn(s) ?? 'UTC'

/** "0 22 * * 1-5 in Europe/London" */
export const scheduleWords = (s: JobSchedule, follows?: string): string =>
  scheduleWordsBy(s, { span: (seconds) => spanWords(seconds * 1000), zone: (zone) => ` in ${zone}` }, follows)

// Made once: making one costs a hundred times as much as using it, and a list of a hundred jobs uses it for each.
const dayWords = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
const two = (n: number): string => String(n).padStart(2, '0')

/** "22:00", or "22:00 on Mon 23 Nov" when that is another day in the zone than that of `now`. */
export const wallWords = (ms: number, zone: string, now: number): string => {
  const wall = wallAt(zone, ms)
  const day = Math.floor(wall / DAY)
  const minute = Math.floor(wall / 60_000) - day * 1_440
  const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
  return day === Math.floor(wallAt(zone, now) / DAY) ? time : `${time} on ${dayWords.format(wall)}`
}

/** "22:00 London", or "22:00 London on Mon 23 Nov": for what is read in another zone, and after its hour. */
export const zonedWords = (ms: number, zone: string, now: number): string => {
  const [time = '', day] = wallWords(ms, zone, now).split(' on ')
  return `${time} ${zone.split('/').at(-1)?.replaceAll('_', ' ')}${day ? ` on ${day}` : ''}`
}

/** "has not started; it was due at 22:00 London": stays true until it starts, so that it can be a title. */
export const missWords = (schedule: JobSchedule, due: number, now: number): string => {
  const at = zonedWords(due, zoneOf(schedule), now)
  if (schedule.kind === 'arrival')
    return `has not begun: ${fileWords(schedule, 'has not arrived')}; it was expected by ${at}`
  return `${schedule.kind === 'period' ? 'has not reported' : 'has not started'}; it was due at ${at}`
}

/** "22:05, 41 min late", "on time" */
export const lateWords = (lateMs: number): string => (lateMs < 60_000 ? 'on time' : `${spanWords(lateMs)} late`)

export const exitWords = (exit: number | null): string => (exit === null ? 'failed' : `failed with exit status ${exit}`)

type Shown = Pick<
  JobState,
  'outcome' | 'fails' | 'lastAt' | 'lastMs' | 'lastExit' | 'lastLateMs' | 'open' | 'dueAt' | 'missedAt' | 'unheardAt'
>

/** Why nothing could be heard: nobody listened, or what tells of the job could not be read. */
export const unheardWords = (sight: string | null): string =>
  sight ? `when ${sight} could not be read` : 'when Watchfloor was not running'

/** Why it is in that status, in a sentence. */
export const reasonOf = (
  status: JobStatus,
  s: Shown,
  schedule: JobSchedule,
  now: number,
  sight: { name: string; blindSince: number | null } | null = null,
): string => {
  const wall = (ms: number) => zonedWords(ms, zoneOf(schedule), now)
  const oldest = s.open.find((r) => r.long) ?? s.open[0]
  switch (status) {
    case 'missing':
      return `${capital(missWords(schedule, s.missedAt ?? now, now))} (${spanWords(now - (s.missedAt ?? now))} ago)`
    case 'late':
      return `Was due at ${wall(s.dueAt ?? now)} (${spanWords(now - (s.dueAt ?? now))} ago); its grace is not over`
    case 'failed':
      return `${capital(exitWords(s.lastExit))} at ${wall(s.lastAt ?? now)}`
    case 'running_long':
    case 'running': {
      const late = oldest?.due === null || !oldest ? '' : `, ${lateWords(oldest.at - oldest.due)}`
      const began = `Running for ${spanWords(now - (oldest?.at ?? now))}, since ${wall(oldest?.at ?? now)}${late}`
      return status === 'running' ? began : `${began}; longer than it may`
    }
    case 'unknown':
      if (sight?.blindSince) {
        const what = s.open.length > 0 ? 'Was running' : `Was due at ${wall(s.dueAt ?? now)}`
        return `${what}; ${sight.name} has told nothing since ${wall(sight.blindSince)}, so how it is now is not known`
      }
      return `Was due at ${wall(s.unheardAt ?? now)}, ${unheardWords(sight?.name ?? null)}; whether it ran is not known`
    case 'ok': {
      const took = s.lastMs === null ? '' : ` after ${spanWords(s.lastMs)}`
      const late = s.lastLateMs === null ? '' : `, ${lateWords(s.lastLateMs)}`
      if (s.fails > 0)
        return `${capital(exitWords(s.lastExit))} at ${wall(s.lastAt ?? now)}${took}; that is borne until it happens again`
      return `Ended well at ${wall(s.lastAt ?? now)}${took}${late}`
    }
    case 'paused':
      return 'Nobody expects it while it is paused'
    case 'new':
      return 'Never heard of yet'
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
