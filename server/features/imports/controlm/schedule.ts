import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import { isKnownZone } from '../../../platform/wall-clock.ts'
import type { Note } from '../notebook.ts'
import type { CtmCalendars } from './calendars.ts'
import type { CtmJob } from './shape.ts'
import { DAY, minutesOf, NEW_DAY, wallOf } from './times.ts'
import { type DaysOf, isEveryDay, scheduler } from './when.ts'

export type When = {
  schedule: JobSchedule | null
  /** Why there is no time at which to expect it. */
  unscheduled: string | null
  window: { from: string; to: string } | null
  graceSeconds: number | null
  zone: string
}

type Tools = {
  calendars: CtmCalendars
  today: Temporal.PlainDate
  zone: string
  boxOf(job: CtmJob): CtmJob | undefined
  note(job: CtmJob): Note
  /** For what is the same of many jobs: it is told once, after their names. */
  noteAll(job: CtmJob): Note
}

/** When a job starts by itself, and between which times it may. */
export const whens = ({ calendars, today, zone, boxOf, note, noteAll }: Tools) => {
  const { daysOf, write, datesAhead } = scheduler(calendars, today)

  const zoneOf = (job: CtmJob): string => {
    if (!job.zone) {
      const box = boxOf(job)
      return box ? zoneOf(box) : zone
    }
    if (isKnownZone(job.zone)) return job.zone
    noteAll(job)(
      'zone-unknown',
      'warn',
      `${job.zone} is a zone of its Control-M alone; its times are read as those of ${zone}.`,
    )
    return zone
  }

  const daysWithParent = (job: CtmJob): DaysOf => {
    const own = daysOf(job)
    const box = boxOf(job)
    return own.kind === 'inherits' && box ? daysWithParent(box) : own
  }

  /** The nearest folder around it that has a time. */
  const timeOfBox = (job: CtmJob): string => {
    const box = boxOf(job)
    return box ? box.timeFrom || timeOfBox(box) : ''
  }

  /** On which days it is ordered; null where nobody can say. */
  const datesOf = (job: CtmJob): ReadonlySet<number> | null => {
    const days = daysWithParent(job)
    return days.kind === 'days' && days.compiled.missing.length === 0 ? datesAhead(days) : null
  }

  const when = (job: CtmJob, waits: boolean): When => {
    const name = job.path.at(-1) ?? ''
    const say = note(job)
    const own = daysOf(job)
    const hasTime = minutesOf(job.timeFrom) !== null || job.cycle !== null
    const base = { window: windowOf(job), zone: zoneOf(job), graceSeconds: null }
    const none = (unscheduled: string): When => ({ ...base, schedule: null, unscheduled })
    // Its box starts it; with a time of its own, on the box's days.
    if (own.kind === 'inherits' && !hasTime) return none('Its folder starts it.')
    const days = daysWithParent(job)
    if (days.kind !== 'days') return none('Control-M orders it on no date: somebody or another job does.')
    const { compiled } = days
    for (const calendar of new Set(compiled.missing))
      noteAll(job)(
        'calendar-unknown',
        'warn',
        `the calendar ${calendar} is not among the files, so that the days are not known. Add it as ctm deploy calendars::get or exportdefcal gives it.`,
      )
    for (const word of new Set(compiled.unread))
      say('day-unread', 'warn', `${name}: the day ${word} is not understood and left out.`)
    if (compiled.missing.length > 0) return none('The calendar that names its days is not among the files.')
    const isDaily = compiled.plain !== null && isEveryDay(compiled.plain)
    if (!hasTime && isDaily && job.box) return none('Its folder starts it.')
    if (!hasTime && isDaily && waits) return none('It starts when what it waits for is done.')
    const timed = hasTime ? job : { ...job, timeFrom: timeOfBox(job) }
    if (!hasTime && !timed.timeFrom)
      noteAll(job)(
        'new-day',
        'info',
        `without a time of its own it may start from the New Day on, which no file says; it is read as ${wallOf(NEW_DAY)}.`,
      )
    const schedule = write(timed, days, base.zone, say, noteAll(job))
    if (!schedule) return none('No times could be read from its days and calendars.')
    if (job.cycle?.kind === 'every' && job.cycle.from === 'end')
      say(
        'after-its-end',
        'info',
        `${name}: it is counted from the end of its last run: how long a run takes is added to the distance.`,
      )
    return { ...base, schedule, unscheduled: null, graceSeconds: waits && !job.cycle ? graceOf(timed) : null }
  }
  return { when, datesOf }
}

const windowOf = (job: CtmJob): When['window'] => {
  const from = minutesOf(job.timeFrom)
  const to = minutesOf(job.timeTo)
  if (to === null || from === to) return null
  return { from: wallOf(from ?? NEW_DAY), to: wallOf(to) }
}

/** What waits for others may start as late as its window or its day allows. */
const graceOf = (job: CtmJob): number => {
  const from = minutesOf(job.timeFrom) ?? NEW_DAY
  const to = minutesOf(job.timeTo) ?? NEW_DAY
  return (((to - from + DAY - 1) % DAY) + 1) * 60
}
