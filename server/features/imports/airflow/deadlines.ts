import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import type { ImportedDeadline } from '../../../../contract/jobs/waits.ts'
import { isObject, type Json, numberIn, textIn } from '../json-values.ts'
import type { Note } from '../notebook.ts'
import { secondsIn } from './values.ts'

const DAY = 86_400
const MOST_DAYS = 14
const USUAL_RUNS = 10

type From = { node: Json; dag: string; schedule: JobSchedule | null; runs: readonly number[]; note: Note }

/** Deadline alerts of a DAG (Airflow 3.1 and later). */
export const deadlinesOf = ({ node, dag, schedule, runs, note }: From): ImportedDeadline[] => {
  const given = Array.isArray(node.deadline) ? node.deadline : [node.deadline ?? node.deadlines].flat()
  const alerts = given.filter(isObject)
  return alerts.flatMap((alert, at): ImportedDeadline[] => {
    const name = (textIn(alert.name) || (alerts.length > 1 ? `${dag} ${at + 1}` : dag)).slice(0, 200)
    const interval = secondsIn(alert.interval)
    const reference = isObject(alert.reference) ? alert.reference : { reference_type: alert.reference }
    const type = (textIn(reference.reference_type) || textIn(reference.type) || textIn(reference.__type)).toUpperCase()
    if (interval === null) {
      note('deadline-unread', 'warn', 'the interval of its deadline is not understood; it is left out.')
      return []
    }
    if (/QUEUED/.test(type)) return within(name, interval)
    if (/LOGICAL/.test(type)) return byTime(name, interval, schedule, note)
    if (/AVERAGE/.test(type)) return byAverage(name, interval, reference, runs, note)
    note(
      'deadline-unread',
      'warn',
      /FIXED/.test(type)
        ? 'its deadline is of one date alone, and is not carried over.'
        : `what its deadline is counted from (${type.slice(0, 50) || 'nothing'}) is not understood; it is left out.`,
    )
    return []
  })
}

const within = (name: string, seconds: number): ImportedDeadline[] =>
  seconds >= 1 ? [{ kind: 'in', name, seconds: Math.round(seconds) }] : []

/** So long after the time of the schedule; where that has no one time of the day, after its start. */
const byTime = (name: string, interval: number, schedule: JobSchedule | null, note: Note): ImportedDeadline[] => {
  const [, minute, hour] =
    schedule?.kind === 'cron' ? (/^(\d{1,2}) (\d{1,2}) [^\n]*$/.exec(schedule.expression) ?? []) : []
  if (minute === undefined || hour === undefined) {
    note('deadline-from-start', 'info', 'its deadline is counted from its logical date; here it is from its start.')
    return within(name, interval)
  }
  const at = Number(hour) * 3_600 + Number(minute) * 60 + interval
  const days = Math.floor(at / DAY)
  if (interval <= 0 || days > MOST_DAYS) {
    note(
      'deadline-before-start',
      'warn',
      'its deadline is before its start, or more than two weeks after; it is left out.',
    )
    return []
  }
  const clock = Math.floor((at % DAY) / 60)
  const two = (n: number) => String(n).padStart(2, '0')
  return [{ kind: 'by', name, time: `${two(Math.floor(clock / 60))}:${two(clock % 60)}`, days }]
}

const byAverage = (
  name: string,
  interval: number,
  reference: Json,
  runs: readonly number[],
  note: Note,
): ImportedDeadline[] => {
  const last = runs.slice(0, numberIn(reference.max_runs) ?? numberIn(reference.limit) ?? USUAL_RUNS)
  if (last.length === 0 || last.length < (numberIn(reference.min_runs) ?? 1)) {
    note(
      'no-runs',
      'info',
      'its deadline is counted from its average, for which there are too few runs among the files.',
    )
    return []
  }
  return within(name, last.reduce((sum, s) => sum + s, 0) / last.length + interval)
}
