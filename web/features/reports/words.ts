import type { MonthReport } from '../../../contract/reports/index.ts'
import { csvText } from '../../ui/csv.ts'
import { span } from '../../ui/time.ts'
import { plusMonths } from '../jobs/calendar/words.ts'

const MINUTE = 60_000
const DAY = 86_400_000

export const minutesWords = (minutes: number): string => (minutes < 1 ? 'under 1 min' : span(minutes * MINUTE))

export const times = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`

/** So many working days in, a month has something to tell. */
const TELLING_DAYS = 3

/** The month that the report opens with, of a date ('2026-12-01'): the last one until the third working day of the next. */
export const openingMonth = (today: string): string => {
  const [month, date] = [today.slice(0, 7), Number(today.slice(8, 10))]
  const working = Array.from({ length: date }, (_, n) => new Date(Date.parse(`${month}-01T12:00Z`) + n * DAY)).filter(
    (day) => day.getUTCDay() % 6 !== 0,
  ).length
  return working < TELLING_DAYS ? plusMonths(month, -1) : month
}

/** The month in one sentence: what somebody with ten minutes reads first. */
export const monthSentence = ({
  services,
  missed,
  deadlines,
}: Pick<MonthReport, 'services' | 'missed' | 'deadlines'>) => {
  const disturbed = services.reduce((sum, s) => sum + s.times, 0)
  const nights = deadlines.reduce((sum, d) => sum + d.nights, 0)
  const trouble =
    disturbed === 0
      ? 'No service was disturbed'
      : `${times(disturbed, 'disturbance')} of ${times(services.length, 'service')}`
  return nights === 0 ? `${trouble}.` : `${trouble}; ${missed.length} of ${times(nights, 'deadline')} missed.`
}

type Known = Pick<MonthReport, 'from' | 'to' | 'watchedSince' | 'disturbances' | 'deadlines'>

/** Nothing was watched in it, and nobody wrote anything down: that it looks quiet says nothing. */
export const isUnknown = ({ to, watchedSince, disturbances, deadlines }: Known): boolean =>
  disturbances.length + deadlines.length === 0 && (watchedSince === null || watchedSince >= to)

/** Since when something was watched, where that was not so from its beginning. */
export const watchedFrom = ({ from, to, watchedSince }: Known): string | undefined =>
  watchedSince !== null && watchedSince > from && watchedSince < to ? watchedSince : undefined

/** A table of both: a disturbance has a priority, a missed deadline none. */
export const monthCsv = (report: MonthReport): string =>
  csvText([
    ['kind', 'what', 'number', 'from', 'until', 'minutes', 'priority'],
    ...report.disturbances.map((d) => [
      'disturbance',
      d.service.name,
      d.number,
      d.since,
      d.overAt,
      d.minutes,
      `P${d.priority}`,
    ]),
    ...report.missed.map((m) => [
      'missed deadline',
      m.deadline.name,
      null,
      m.dueAt,
      m.doneAt,
      m.doneAt ? Math.round((Date.parse(m.doneAt) - Date.parse(m.dueAt)) / MINUTE) : null,
      null,
    ]),
  ])
