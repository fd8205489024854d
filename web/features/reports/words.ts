import type { MonthReport } from '../../../contract/reports/index.ts'
import { csvText } from '../../ui/csv.ts'
import { span } from '../../ui/time.ts'

const MINUTE = 60_000

export const minutesWords = (minutes: number): string => (minutes < 1 ? 'under 1 min' : span(minutes * MINUTE))

export const times = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`

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
