import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import type { Calendar, Calendars } from './calendars.ts'
import { boxNameOf, type Definition } from './estate.ts'
import { type Dated, onDays, together, type Week, weekly, weeklyBut } from './expressions.ts'
import { has, type Note, placeOf, textOf } from './said.ts'
import { listOf } from './values.ts'

export type Times = {
  calendarOf: Calendars
  zone: string
  /** Midnight of the present day, as if its zone were UTC. */
  today: number
  /** Of jobs with the same days and times each schedule is made once. */
  made: Map<string, Dated | null>
}

const once = ({ made }: Times, parts: readonly unknown[], make: () => Dated | null): Dated | null => {
  const key = JSON.stringify(parts)
  const known = made.get(key)
  if (known !== undefined) return known
  const found = make()
  made.set(key, found)
  return found
}

/** The days and times of a job as a schedule; null where there is none, which is noted. */
export const scheduleOf = (job: Definition, minutes: number[], times: Times, note: Note): JobSchedule | null => {
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
  const dated =
    except.length > 0
      ? once(times, [textOf(job, 'exclude_calendar'), [...week], minutes, zone], () =>
          weeklyBut(week, except, minutes, zone, today),
        )
      : null
  if (dated?.until != null) tellEnd(job, 'exclude_calendar', dated.until, 'its days are no longer left out', note)
  return dated?.schedule ?? weekly(week, minutes, zone) ?? tooMany(job, note)
}

/** The days that are left out from this month on. */
const exceptOf = (job: Definition, { calendarOf, today }: Times, note: Note): number[] => {
  const name = textOf(job, 'exclude_calendar')
  if (!name) return []
  const place = placeOf(job, 'exclude_calendar')
  const found = calendarOf(name)
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
  const found = times.calendarOf(name)
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
  const runs = minutes.length > 0 ? [{ days, minutes }] : runsIn(job, found, days)
  if (!runs) return untimed(job, 'run_calendar', note)
  const dated = once(times, [name, textOf(job, 'exclude_calendar'), runs.map((run) => run.minutes), times.zone], () =>
    together(
      runs
        .filter((run) => (run.days.at(-1) ?? 0) >= times.today)
        .map((run) => onDays(run.days, run.minutes, times.zone, times.today)),
    ),
  )
  if (!dated) return tooMany(job, note)
  const until = dated.until ?? (found.isEndless ? days.at(-1) : null)
  if (until != null) tellEnd(job, 'run_calendar', until, 'it is expected at no time', note)
  return dated.schedule
}

type Runs = { days: number[]; minutes: number[] }

/**
 * Without times of its own a job starts at those of each day of its calendar; where that names none, at midnight, unless
 * it waits for more.
 */
const runsIn = (job: Definition, { times }: Calendar, days: readonly number[]): Runs[] | null => {
  if (times.size === 0 && (boxNameOf(job) || has(job, 'condition'))) return null
  const byTimes = new Map<string, Runs>()
  for (const day of days) {
    const minutes = [...(times.get(day) ?? [0])].sort((a, b) => a - b)
    const known = byTimes.get(minutes.join())
    if (known) known.days.push(day)
    else byTimes.set(minutes.join(), { days: [day], minutes })
  }
  return [...byTimes.values()]
}

const tellEnd = (job: Definition, key: string, until: number, then: string, note: Note): void =>
  note(
    'calendar-cut',
    'info',
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
  // What is wrong with times that it does name is told already.
  if (has(job, 'start_times') || has(job, 'start_mins')) return null
  const says =
    key === 'date_conditions' ? 'has date_conditions on and names no times' : 'says on which days it runs and not when'
  note('no-times', 'info', placeOf(job, key), `${job.name} ${says}: it is expected at no time of its own.`)
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
