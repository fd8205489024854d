import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import type { Definition } from './estate.ts'
import { scheduleOf, type Times } from './run-days.ts'
import { has, type Note, placeOf, textOf } from './said.ts'
import { isInside, minutesOf, type Window } from './times.ts'
import { flagOf, listOf } from './values.ts'
import { zoneNamed } from './zones.ts'

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
