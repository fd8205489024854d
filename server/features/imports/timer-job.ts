import { constants } from 'node:os'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { Finding, ImportedJob, ImportOptions } from './define-importer.ts'
import { spanSeconds } from './spans.ts'
import { lastOf, type Unit, valuesOf } from './unit-files.ts'

/** What systemd takes where a timer does not say how exact it is. */
const ACCURACY = 60
/** What a job of ours has where nobody says otherwise. */
const USUAL_GRACE = 600
/** Counted once from a moment that no schedule knows. */
const onceKeys = ['OnBootSec', 'OnStartupSec', 'OnActiveSec', 'OnClockChange', 'OnTimezoneChange']

/** The unit that a timer starts, and the file that describes it: of `eod@ldn.service` that is `eod@.service`. */
const serviceOf = (timer: Unit, units: ReadonlyMap<string, Unit>) => {
  const own = timer.name.replace(/\.timer$/, '.service')
  const name = lastOf(timer, 'Timer', 'Unit') ?? own
  return { name, unit: units.get(name) ?? units.get(name.replace(/@[^.]*\./, '@.')) }
}

const seconds = (unit: Unit | undefined, section: string, key: string): number | null => {
  const given = lastOf(unit, section, key)
  return given === null || given === 'infinity' ? null : spanSeconds(given)
}

/** A job out of a timer and the service that it starts. */
export const timerJob = (
  timer: Unit,
  units: ReadonlyMap<string, Unit>,
  { zone, host }: ImportOptions,
): { job: ImportedJob; findings: Finding[] } => {
  const service = serviceOf(timer, units)
  const place = { file: timer.file, line: valuesOf(timer, 'Timer', 'OnCalendar')[0]?.line ?? timer.line }
  const findings: Finding[] = []
  const note = (rule: string, severity: Finding['severity'], message: string) =>
    findings.push({ ...place, rule, severity, message })
  const { schedule, unscheduled } = scheduleOf(timer, zone, note)
  const delay = seconds(timer, 'Timer', 'RandomizedDelaySec') ?? 0
  const accuracy = seconds(timer, 'Timer', 'AccuracySec') ?? ACCURACY
  if (!service.unit)
    note(
      'no-service',
      'warn',
      `${service.name} is not among the files: neither its command nor its longest run is known.`,
    )
  if (lastOf(timer, 'Timer', 'Persistent') === 'true' || lastOf(timer, 'Timer', 'Persistent') === 'yes')
    note(
      'persistent',
      'info',
      'What was missed while its machine was off runs when it is on again (Persistent): late, not at its time.',
    )
  const instance = /@([^.]+)\./.exec(service.name)?.[1] ?? ''
  const command = valuesOf(service.unit, 'Service', 'ExecStart')
    .map(({ value }) =>
      value
        .replace(/^[-@:+!|]+/, '')
        .replaceAll('%i', instance)
        .replaceAll('%I', instance),
    )
    .join('\n')
  const all = (unit: Unit | undefined) => (unit?.settings ?? []).map((s) => `[${s.section}] ${s.key}=${s.value}`)
  return {
    job: {
      ...place,
      externalId: [host, timer.name].filter(Boolean).join(':'),
      name: timer.name.replace(/\.timer$/, ''),
      schedule,
      unscheduled,
      command,
      host,
      tags: [],
      description: lastOf(timer, 'Unit', 'Description') ?? lastOf(service.unit, 'Unit', 'Description') ?? '',
      enabled: true,
      graceSeconds: USUAL_GRACE + delay + accuracy,
      maxRunSeconds: longestRun(service.unit),
      goodExits: goodExits(service.unit),
      attributes: {
        unit: service.name,
        timer: all(timer),
        service: all(service.unit),
        ...(lastOf(service.unit, 'Service', 'User') && { user: lastOf(service.unit, 'Service', 'User') }),
      },
    },
    findings,
  }
}

const signals = new Map(Object.entries(constants.signals).map(([name, n]) => [name, 128 + n]))

/** `SuccessExitStatus=1 75 SIGTERM`: names of statuses are passed over. */
const goodExits = (service: Unit | undefined): number[] => {
  const words = valuesOf(service, 'Service', 'SuccessExitStatus').flatMap(({ value }) => value.split(/\s+/))
  const exits = words.map((word) => signals.get(word as NodeJS.Signals) ?? (/^\d{1,3}$/.test(word) ? Number(word) : 0))
  return [...new Set(exits)].filter((exit) => exit > 0 && exit <= 255).sort((a, b) => a - b)
}

/** Of a service that ends by itself its start is the whole run. */
const longestRun = (service: Unit | undefined): number | null => {
  const isOneshot = lastOf(service, 'Service', 'Type') === 'oneshot'
  const starts = isOneshot
    ? (seconds(service, 'Service', 'TimeoutStartSec') ?? seconds(service, 'Service', 'TimeoutSec'))
    : null
  const runs = seconds(service, 'Service', 'RuntimeMaxSec')
  return (isOneshot ? starts : runs) || null
}

const scheduleOf = (
  timer: Unit,
  zone: string,
  note: (rule: string, severity: Finding['severity'], message: string) => void,
): { schedule: JobSchedule | null; unscheduled: string | null } => {
  const calendar = valuesOf(timer, 'Timer', 'OnCalendar')
  const spans = [...valuesOf(timer, 'Timer', 'OnUnitActiveSec'), ...valuesOf(timer, 'Timer', 'OnUnitInactiveSec')]
  const periods = spans.map(({ value }) => spanSeconds(value)).filter((s): s is number => s !== null && s > 0)
  if (calendar.length > 0) {
    if (spans.length > 0)
      note('two-rhythms', 'warn', `It runs by ${spans[0]?.key} as well, which is not carried over: only OnCalendar is.`)
    const expression = calendar.map(({ value }) => value).join('\n')
    return { schedule: { kind: 'oncalendar', expression, zone }, unscheduled: null }
  }
  if (periods.length > 0) {
    if (valuesOf(timer, 'Timer', 'OnUnitInactiveSec').length > 0)
      note(
        'after-its-end',
        'info',
        'It is counted from the end of its last run: how long a run takes is added to the distance.',
      )
    return { schedule: { kind: 'period', seconds: Math.max(10, Math.round(Math.min(...periods))) }, unscheduled: null }
  }
  const once = onceKeys.find((key) => valuesOf(timer, 'Timer', key).length > 0)
  return {
    schedule: null,
    unscheduled: once
      ? `It runs once after its machine or systemd has started (${once}), at no time that could be expected.`
      : 'It has neither OnCalendar nor OnUnitActiveSec, so that it never runs by time.',
  }
}
