import { isKnownZone, weekdayOf } from '../../../platform/wall-clock.ts'
import { fields, readDaysFromEnd, readField, readWeekdays } from './on-calendar-fields.ts'

/**
 * Calendar events of systemd timers, after systemd.time(7). No package that is kept up reads them in JavaScript. Whole
 * seconds only.
 */
export type CalendarLine = {
  /** The first wall time after `wall` that it names, or null when none comes before the year 2201. */
  next(wall: number): number | null
  /** The zone that stands in the line itself. */
  zone: string | null
}

const shorthands: Record<string, string> = {
  minutely: '*-*-* *:*:00',
  hourly: '*-*-* *:00:00',
  daily: '*-*-* 00:00:00',
  weekly: 'Mon *-*-* 00:00:00',
  monthly: '*-*-01 00:00:00',
  quarterly: '*-01,04,07,10-01 00:00:00',
  semiannually: '*-01,07-01 00:00:00',
  'semi-annually': '*-01,07-01 00:00:00',
  yearly: '*-01-01 00:00:00',
  annually: '*-01-01 00:00:00',
}

const DAY = 86_400_000

type Days = { years: number[]; months: number[]; days: number[]; fromEnd: boolean; weekdays: Set<number> | null }

/** Reads one expression. Throws a sentence. */
export const parseOnCalendar = (expression: string): CalendarLine => {
  const words = expression.trim().split(/\s+/)
  const last = words.at(-1) ?? ''
  const hasZone = words.length > 1 && /^[A-Za-z]/.test(last) && isKnownZone(last)
  const zone = hasZone ? (words.pop() ?? null) : null
  const long = words.length === 1 ? shorthands[(words[0] ?? '').toLowerCase()] : undefined
  const { date, times } = read(long ? long.split(' ') : words)
  return { zone, next: (wall) => nextOf(date, times, wall) }
}

const read = (words: string[]): { date: Days; times: number[] } => {
  const rest = [...words]
  const [first = ''] = rest
  const named: string[] = []
  while (/^[A-Za-z]/.test(rest[0] ?? '')) named.push(rest.shift() ?? '')
  const date = /[-~]/.test(rest[0] ?? '') ? rest.shift() : undefined
  const time = rest[0]?.includes(':') ? rest.shift() : undefined
  if (rest.length > 0 || (!date && !time && named.length === 0))
    throw new Error(
      `"${rest[0] ?? first}" is not understood; write an expression as systemd has it, such as Mon..Fri 22:00 or *-*-01 06:30`,
    )
  return {
    date: { ...readDate(date ?? '*-*-*'), weekdays: named.length > 0 ? readWeekdays(named.join(',')) : null },
    times: readTimes(time ?? '00:00:00'),
  }
}

const readDate = (text: string): Omit<Days, 'weekdays'> => {
  const [ahead = '', tail] = text.split('~')
  const parts = ahead.split('-')
  const day = tail ?? parts.pop() ?? ''
  const [month, year] = parts.reverse()
  if (!month || parts.length > 2 || text.split('~').length > 2)
    throw new Error(`"${text}" is no date; write it as 2026-11-30, 11-30, *-*-01 or *-*~01`)
  return {
    years: readField(year ?? '*', fields.year),
    months: readField(month, fields.month),
    days: tail === undefined ? readField(day, fields.day) : readDaysFromEnd(day),
    fromEnd: tail !== undefined,
  }
}

/** The times of a day in milliseconds, in order. */
const readTimes = (text: string): number[] => {
  const [hour = '', minute = '', second = '0', more] = text.split(':')
  if (more !== undefined) throw new Error(`"${text}" is no time; write it as 22:00 or 22:00:30`)
  if (second.includes('.') && !second.includes('..')) throw new Error(`"${text}": seconds are whole here`)
  const seconds = readField(second, fields.second)
  const minutes = readField(minute, fields.minute)
  return readField(hour, fields.hour).flatMap((h) =>
    minutes.flatMap((m) => seconds.map((s) => ((h * 60 + m) * 60 + s) * 1000)),
  )
}

const nextOf = (date: Days, times: number[], wall: number): number | null => {
  const today = Math.floor(wall / DAY) * DAY
  for (const day of daysFrom(date, today)) {
    // Only the first day can hold times that are past.
    const time = day === today ? times.find((t) => day + t > wall) : times[0]
    if (time !== undefined) return day + time
  }
  return null
}

/** The days that fit, from `today` on, as wall values of their midnights. */
function* daysFrom(d: Days, today: number): Generator<number> {
  const from = Temporal.Instant.fromEpochMilliseconds(today).toZonedDateTimeISO('UTC')
  for (const year of d.years) {
    if (year < from.year) continue
    for (const month of d.months) {
      if (year === from.year && month < from.month) continue
      const start = Date.UTC(year, month - 1, 1)
      const length = (Date.UTC(year, month, 1) - start) / DAY
      for (const given of d.days) {
        const day = d.fromEnd ? length - given + 1 : given
        const at = start + (day - 1) * DAY
        if (day < 1 || day > length || at < today) continue
        if (!d.weekdays || d.weekdays.has(weekdayOf(at / DAY))) yield at
      }
    }
  }
}
