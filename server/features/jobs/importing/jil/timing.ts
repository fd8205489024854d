import type { JobSchedule } from '../../../../../contract/jobs/schedule.ts'
import type { Finding, Place } from '../define-importer.ts'
import type { Calendar } from './calendars.ts'
import { boxNameOf, type Definition } from './estate.ts'
import { onDays, type Week, weekly, weeklyBut } from './expressions.ts'
import { isInside, minutesOf, type Window } from './times.ts'
import { flagOf, listOf, plainValue } from './values.ts'
import { zoneNamed } from './zones.ts'

export type Note = (rule: string, severity: Finding['severity'], place: Place, message: string) => void

/** When AutoSys starts a job by the clock. */
export type Timing = {
  /** null: it has no time of its own. */
  schedule: JobSchedule | null
  zone: string
  /** Of start_times, in minutes of the day; empty where it starts by start_mins, or by no time. */
  starts: number[]
  window: Window | null
  /** `date_conditions` is on: what the job says of times holds. */
  isOn: boolean
}
export type Times = {
  calendars: ReadonlyMap<string, Calendar>
  zone: string
  /** Midnight of the present day, as if its zone were UTC. */
  today: number
}

const timed = [
  'days_of_week',
  'run_calendar',
  'exclude_calendar',
  'start_times',
  'start_mins',
  'run_window',
  'must_start_times',
  'must_complete_times',
]

export const has = ({ attributes }: Definition, key: string): boolean =>
  plainValue(attributes.get(key)?.value ?? '') !== ''
export const textOf = ({ attributes }: Definition, key: string): string => plainValue(attributes.get(key)?.value ?? '')
export const placeOf = (job: Definition, key: string): Place => {
  const { file, line } = job.attributes.get(key) ?? job
  return { file, line }
}

/** What a job says of times; what is wrong with it, or cannot be carried over, is noted. */
export const timingOf = (job: Definition, times: Times, note: Note): Timing => {
  const isOn = flagOf(job.attributes.get('date_conditions')?.value)
  if (!isOn) {
    const idle = timed.filter((key) => has(job, key))
    if (idle.length > 0)
      note(
        'switch-off',
        'warn',
        placeOf(job, job.attributes.has('date_conditions') ? 'date_conditions' : (idle[0] ?? '')),
        `${job.name}: date_conditions is not 1, so that AutoSys does not look at ${idle.join(', ')}. Set it, or remove them.`,
      )
    return { schedule: null, zone: times.zone, starts: [], window: null, isOn }
  }
  const zone = zoneOf(job, times.zone, note)
  const window = windowOf(job, note)
  const { minutes, isEachHour } = minutesOfDay(job, window, note)
  const starts = isEachHour ? [] : minutes
  return { schedule: scheduleOf(job, minutes, { ...times, zone }, note), zone, starts, window, isOn }
}

const zoneOf = (job: Definition, own: string, note: Note): string => {
  const given = textOf(job, 'timezone')
  if (!given) return own
  const found = zoneNamed(given)
  if (!found)
    note(
      'no-zone',
      'warn',
      placeOf(job, 'timezone'),
      `${job.name}: ${given} is no time zone that is known here; its times are read as those of ${own}.`,
    )
  return found ?? own
}

const windowOf = (job: Definition, note: Note): Window | null => {
  const given = textOf(job, 'run_window')
  if (!given) return null
  const [from, to, more] = given.split('-').map((text) => minutesOf(text.trim()))
  if (from == null || to == null || more !== undefined || from > 1_439 || to > 1_439) {
    note(
      'no-time',
      'warn',
      placeOf(job, 'run_window'),
      `${job.name}: run_window is “${given}”, which is left out. Write it as "22:00-06:00".`,
    )
    return null
  }
  return { from, to }
}

const minutesOfDay = (
  job: Definition,
  window: Window | null,
  note: Note,
): { minutes: number[]; isEachHour: boolean } => {
  const isEachHour = has(job, 'start_mins')
  if (isEachHour && has(job, 'start_times')) {
    note(
      'two-starts',
      'warn',
      placeOf(job, 'start_mins'),
      `${job.name} has start_times and start_mins, of which AutoSys takes one only: neither is read.`,
    )
    return { minutes: [], isEachHour: false }
  }
  const key = isEachHour ? 'start_mins' : 'start_times'
  const read = listOf(job.attributes.get(key)?.value ?? '').map((text) => {
    const value = isEachHour ? (/^\d{1,2}$/.test(text) ? Number(text) : null) : minutesOf(text)
    return { text, value: value !== null && value < (isEachHour ? 60 : 1_440) ? value : null }
  })
  const odd = read.filter(({ value }) => value === null).map(({ text }) => text)
  if (odd.length > 0)
    note(
      'no-time',
      'warn',
      placeOf(job, key),
      `${job.name}: ${odd.slice(0, 5).join(', ')} in ${key} is left out. ${isEachHour ? 'Write minutes from 0 to 59.' : 'Write times from 00:00 to 23:59.'}`,
    )
  const values = [...new Set(read.flatMap(({ value }) => (value === null ? [] : [value])))]
  if (isEachHour) {
    const all = Array.from({ length: 24 }, (_, hour) => values.map((minute) => hour * 60 + minute)).flat()
    // Outside its window it does not start.
    return { minutes: window ? all.filter((minute) => isInside(window, minute)) : all, isEachHour }
  }
  if (window && values.some((minute) => !isInside(window, minute)))
    note(
      'outside-window',
      'warn',
      placeOf(job, 'run_window'),
      `${job.name} has a start time outside its run_window: AutoSys starts it when the window opens, or not at all, whichever is nearer.`,
    )
  return { minutes: values, isEachHour }
}

const scheduleOf = (job: Definition, minutes: number[], times: Times, note: Note): JobSchedule | null => {
  const runs = textOf(job, 'run_calendar')
  if (runs && has(job, 'days_of_week'))
    note(
      'two-days',
      'warn',
      placeOf(job, 'days_of_week'),
      `${job.name} has days_of_week and run_calendar, of which AutoSys takes one only: the calendar is read.`,
    )
  const except = exceptOf(job, times, note)
  if (runs) return byCalendar(job, runs, except, minutes, times, note)
  const week = weekOf(job, note)
  if (minutes.length === 0) return untimed(job, has(job, 'days_of_week') ? 'days_of_week' : 'date_conditions', note)
  const { zone, today } = times
  const dated = except.length > 0 ? weeklyBut(week, except, minutes, zone, today) : null
  if (dated?.until != null) tellEnd(job, 'exclude_calendar', dated.until, 'its days are no longer left out', note)
  return dated?.schedule ?? weekly(week, minutes, zone) ?? tooMany(job, note)
}

/** The days that are left out from this month on. */
const exceptOf = (job: Definition, { calendars, today }: Times, note: Note): number[] => {
  const name = textOf(job, 'exclude_calendar')
  if (!name) return []
  const place = placeOf(job, 'exclude_calendar')
  const found = calendars.get(name)
  if (!found || found.unknown) {
    note('no-calendar', 'warn', place, `${job.name}: ${missing(name, found)} Until then its days are not left out.`)
    return []
  }
  if ((found.days.at(-1) ?? 0) < today)
    note(
      'calendar-ended',
      'warn',
      place,
      `${job.name}: the calendar ${name} has no date from today on, so that exclude_calendar leaves out nothing any more.`,
    )
  return found.days.some((day) => day >= today) ? found.days : []
}

const missing = (name: string, found: Calendar | undefined): string =>
  found
    ? `the days of the calendar ${name} are not known: ${found.unknown}.`
    : `the calendar ${name} is not among the files. Add what autocal_asc -E prints of it.`

const byCalendar = (
  job: Definition,
  name: string,
  except: readonly number[],
  minutes: number[],
  times: Times,
  note: Note,
): JobSchedule | null => {
  const place = placeOf(job, 'run_calendar')
  const found = times.calendars.get(name)
  if (!found || found.unknown) {
    note('no-calendar', 'warn', place, `${job.name}: ${missing(name, found)} Until then it is expected at no time.`)
    return null
  }
  const left = new Set(except)
  const days = found.days.filter((day) => !left.has(day))
  if ((days.at(-1) ?? 0) < times.today) {
    note(
      'calendar-ended',
      'warn',
      place,
      `${job.name}: the calendar ${name} has no date from today on, so that AutoSys does not start it any more. It is expected at no time.`,
    )
    return null
  }
  const at = minutes.length > 0 ? minutes : timesIn(job, found)
  if (!at) return untimed(job, 'run_calendar', note)
  const dated = onDays(days, at, times.zone, times.today)
  if (!dated) return tooMany(job, note)
  if (dated.until !== null) tellEnd(job, 'run_calendar', dated.until, 'it is expected at no time', note)
  return dated.schedule
}

/** Without times of its own a job starts at those of its calendar; where that has none, at midnight unless it waits for more. */
const timesIn = (job: Definition, { times }: Calendar): number[] | null => {
  const named = [...new Set([...times.values()].flat())]
  if (named.length > 0) return named
  return boxNameOf(job) || has(job, 'condition') ? null : [0]
}

const tellEnd = (job: Definition, key: string, until: number, then: string, note: Note): void =>
  note(
    'calendar-cut',
    'warn',
    placeOf(job, key),
    `${job.name}: a schedule holds the days of ${textOf(job, key)} up to ${Temporal.Instant.fromEpochMilliseconds(until).toString().slice(0, 10)}; after that ${then}. Import it again before.`,
  )

const tooMany = (job: Definition, note: Note): null => {
  note(
    'too-many-times',
    'warn',
    placeOf(job, has(job, 'start_times') ? 'start_times' : 'start_mins'),
    `${job.name} has more times than a schedule can hold (20 lines): it is expected at no time.`,
  )
  return null
}

const untimed = (job: Definition, key: string, note: Note): null => {
  note(
    'no-times',
    'info',
    placeOf(job, key),
    `${job.name} says on which days it runs and not when: it is expected at no time of its own.`,
  )
  return null
}

const codes = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su']
const whole: Week = new Set([1, 2, 3, 4, 5, 6, 7])

const weekOf = (job: Definition, note: Note): Week => {
  const words = listOf(job.attributes.get('days_of_week')?.value ?? '').map((word) => word.toLowerCase())
  if (words.length === 0 || words.includes('all')) return whole
  const days = new Set(words.map((word) => codes.indexOf(word.slice(0, 2)) + 1))
  if (days.delete(0))
    note(
      'no-day',
      'warn',
      placeOf(job, 'days_of_week'),
      `${job.name}: days_of_week names what is no day, which is left out. Write mo,tu,we,th,fr,sa,su or all.`,
    )
  return days.size > 0 ? days : whole
}
