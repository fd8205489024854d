import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import { isKnownZone } from '../../../platform/wall-clock.ts'
import { isObject, type Json, textIn } from '../json-values.ts'
import type { Note } from '../notebook.ts'
import { secondsIn, zoneIn } from './values.ts'

const presets: Record<string, string> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@quarterly': '0 0 1 */3 *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
}

const FIELDS = /^(\S+\s+){4}\S+$/

export type DagSchedule = { schedule: JobSchedule | null; unscheduled: string | null; zone: string }

/** When a DAG is started by time. Each run begins at the end of its interval, which is the time that cron names. */
export const scheduleOf = (node: Json, own: string, now: Temporal.Instant, note: Note): DagSchedule => {
  const zone = zoneOf(node, own, note)
  const none = (unscheduled: string): DagSchedule => ({ schedule: null, unscheduled, zone })
  if (hasEnded(node, now)) {
    note(
      'ended',
      'info',
      `its end_date ${textIn(node.end_date).slice(0, 10)} has passed, so that it does not run any more.`,
    )
    return none('Its end_date has passed.')
  }
  const { schedule_interval: interval } = node
  const span = isObject(interval) ? secondsIn(interval) : null
  const said = (isObject(interval) ? textIn(interval.value) : textIn(interval)) || textIn(node.timetable_summary)
  const text = said.trim()
  const every = span ?? secondsIn(/^[P\d]/.test(text) && !FIELDS.test(text) ? text : null)
  if (every !== null && every > 0)
    return { schedule: { kind: 'period', seconds: Math.max(10, Math.round(every)) }, unscheduled: null, zone }
  if (/dataset|asset/i.test(text)) return none('It is started by the data that it waits for.')
  if (text === '' || /^(none|never.*|null)$/i.test(text))
    return none('It has no schedule: somebody or another DAG starts it.')
  if (/^@?(once|continuous)$/i.test(text))
    return none(`It runs ${/once/i.test(text) ? 'once' : 'all the time'}: at no time that could be expected.`)
  const lines = text.split(/,\s+/).map((line) => presets[line.toLowerCase()] ?? line)
  if (lines.every((line) => FIELDS.test(line)))
    return { schedule: { kind: 'cron', expression: lines.join('\n'), zone }, unscheduled: null, zone }
  note(
    'timetable',
    'warn',
    `its timetable “${text.slice(0, 100)}” is one of its own, which is not understood. Give it a schedule here.`,
  )
  return none('Its timetable is not understood.')
}

const hasEnded = (node: Json, now: Temporal.Instant): boolean => {
  try {
    return Temporal.Instant.compare(Temporal.Instant.from(textIn(node.end_date)), now) < 0
  } catch {
    return false
  }
}

const zoneOf = (node: Json, own: string, note: Note): string => {
  const zone = zoneIn(node.timezone)
  if (zone && isKnownZone(zone)) return zone
  note(
    'zone-unsaid',
    'info',
    `its timezone is not said, as the list of DAGs says none; its times are read as those of ${own}. Its details say it.`,
  )
  return own
}
