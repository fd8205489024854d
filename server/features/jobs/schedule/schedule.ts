import { type ByDays, isByDays, type JobSchedule } from '../../../../contract/jobs/schedule.ts'
import { DAY, startAtWall, wallAt } from '../../../platform/wall-clock.ts'
import { type BusinessLine, readBusiness } from './business.ts'
import { type CronLine, parseCron } from './cron.ts'
import { type CalendarLine, parseOnCalendar } from './on-calendar.ts'
import type { BusinessDays } from './open-calendars.ts'

/** Answers the first instant after another at which a job is expected, both in epoch milliseconds; null when none comes. */
export type After = (ms: number) => number | null

/**
 * What a schedule says, in its zone. Throws a sentence for one that cannot be read. Where the clock is changed, the rule
 * is that of the program that runs the job:
 * - cron with fixed minute and hour: a time that the clock skips means the first instant after the gap; one that it
 *   shows twice comes once, the first time.
 * - cron with `*` in minute or hour: by real time, so it is in no gap, and comes in both of the repeated hours.
 * - OnCalendar: a time that the clock skips does not come; one that it shows twice comes once, the first time.
 * - business days, and by when a file must have come: as cron with fixed minute and hour. `days` are those of its calendars.
 * What follows another job has no times of its own.
 */
export const readSchedule = (s: JobSchedule, days: BusinessDays | null = null): After => {
  if (s.kind === 'period') return (ms) => ms + s.seconds * 1000
  if (s.kind === 'after' || s.kind === 'waits') return () => null
  if (isByDays(s)) return onceAfter(businessLine(s, days), s.zone)
  const lines = linesOf(s.expression).map((line) =>
    s.kind === 'cron' ? cronAfter(parseCron(line), s.zone) : calendarAfter(parseOnCalendar(line), s.zone),
  )
  return (ms) => {
    const times = lines.map((after) => after(ms)).filter((t): t is number => t !== null)
    return times.length > 0 ? Math.min(...times) : null
  }
}

export const linesOf = (expression: string): string[] =>
  expression
    .split('\n')
    .map((l) => l.trim())
    .filter(Boolean)

/** More slots than there can be in the hours that a clock is put back or forward. */
const MOST_SKIPPED = 100_000

const cronAfter = (cron: CronLine, zone: string): After =>
  cron.isFixed ? onceAfter(cron, zone) : realAfter(cron, zone)

const onceAfter =
  (line: Pick<CronLine, 'next'>, zone: string): After =>
  (ms) => {
    let wall: number | null = wallAt(zone, ms)
    for (let i = 0; i < MOST_SKIPPED; i++) {
      wall = line.next(wall)
      if (wall === null) return null
      const at = startAtWall(zone, wall)
      if (at > ms) return at
    }
    return null
  }

const realAfter =
  (cron: CronLine, zone: string): After =>
  (ms) => {
    let from = ms
    let wall = wallAt(zone, ms)
    for (;;) {
      const offset = wallAt(zone, from) - from
      const next = cron.next(wall)
      if (next === null) return null
      const at = next - offset
      const change = changeAfter(zone, from)
      if (change === null || at < change) return at
      // The clock is changed before: go on from there, its first instant included.
      from = change
      wall = wallAt(zone, change) - 1
    }
  }

const changeAfter = (zone: string, ms: number): number | null =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).getTimeZoneTransition('next')
    ?.epochMilliseconds ?? null

const calendarAfter = (line: CalendarLine, own: string): After => {
  const zone = line.zone ?? own
  return (ms) => {
    let wall: number | null = wallAt(zone, ms)
    for (let i = 0; i < MOST_SKIPPED; i++) {
      wall = line.next(wall)
      if (wall === null) return null
      const at = startAtWall(zone, wall)
      if (at > ms && wallAt(zone, at) === wall) return at
    }
    return null
  }
}

/** What is worked out of a rule lives with its calendars as they are now. */
const ofCalendars = new WeakMap<BusinessDays, Map<string, BusinessLine>>()
const MOST_RULES = 1_000
const everyDay: BusinessDays = {
  isOpen: () => true,
  isHoliday: () => false,
  knownThrough: Number.POSITIVE_INFINITY,
  endsFirst: null,
  missing: [],
  holidaysOn: () => [],
}

const businessLine = (s: ByDays, given: BusinessDays | null): BusinessLine => {
  const days = given ?? everyDay
  const lines = ofCalendars.get(days) ?? new Map<string, BusinessLine>()
  ofCalendars.set(days, lines)
  const name = JSON.stringify([s.day, s.offsetDays, s.times])
  const found = lines.get(name) ?? readBusiness(s, days)
  if (lines.size >= MOST_RULES) lines.clear()
  lines.set(name, found)
  return found
}

/** Why nobody knows whether this instant lies on a business day of the schedule, in a sentence; null: it is known. */
export const doubtAt = (s: JobSchedule, days: BusinessDays | null, ms: number): string | null =>
  days?.endsFirst && !isKnownAt(s, days, ms)
    ? `Whether that is a business day is not known: the holidays of ${days.endsFirst.name} are entered through ${days.endsFirst.through} only`
    : null

/** Whether the holidays are known that decide about the day on which this instant lies in the zone of the schedule. */
export const isKnownAt = (s: JobSchedule, days: BusinessDays | null, ms: number): boolean =>
  !isByDays(s) || businessLine(s, days).isKnown(Math.floor(wallAt(s.zone, ms) / DAY))

/** Between two times that a calendar names, the second is the next one: asked again, it is not worked out again. */
const remembering = (after: After): After => {
  let [from, next] = [0, 0]
  return (ms) => {
    if (ms >= from && ms < next) return next
    const found = after(ms)
    if (found !== null) [from, next] = [ms, found]
    return found
  }
}

const known = new Map<string, After>()
/** Few are alive at once, whatever the number of jobs: a parsed line of cron takes some 80 kB. */
const MOST_KNOWN = 200

/** As `readSchedule`, remembering the last ones by what they say, not by the job. */
export const afterOf = (s: JobSchedule, days: BusinessDays | null = null): After => {
  if (s.kind !== 'cron' && s.kind !== 'oncalendar') return readSchedule(s, days)
  const name = `${s.kind} ${s.zone} ${s.expression}`
  const found = known.get(name)
  if (found) known.delete(name)
  const after = found ?? remembering(readSchedule(s))
  known.set(name, after)
  const [oldest] = known.keys()
  if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest)
  return after
}
