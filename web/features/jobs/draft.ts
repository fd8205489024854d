import type { Environment } from '../../../contract/base.ts'
import type { JobSchedule } from '../../../contract/jobs/index.ts'
import type { JobDetail } from './data.ts'

type Named = { id: string; name: string }

/** A job as it is being written. A number is undefined while its field is empty. */
export type Draft = {
  name: string
  description: string
  service: Named | null
  environment: Environment
  /** Who may change it; undefined: the team that owns the service. */
  team: Named | null | undefined
  kind: JobSchedule['kind']
  seconds: number | undefined
  expression: string
  zone: string
  graceSeconds: number | undefined
  maxRunSeconds: number | undefined
}

export const newDraft = (zone: string): Draft => ({
  name: '',
  description: '',
  service: null,
  environment: 'prod',
  team: undefined,
  kind: 'cron',
  seconds: 3_600,
  expression: '0 22 * * 1-5',
  zone,
  graceSeconds: 600,
  maxRunSeconds: 3_600,
})

export const draftOf = (job: JobDetail, zone: string): Draft => {
  const { name, description, service, environment, team, schedule, graceSeconds, maxRunSeconds } = job
  return {
    ...newDraft(zone),
    name,
    description,
    service,
    environment,
    team,
    kind: schedule.kind,
    ...(schedule.kind === 'period'
      ? { seconds: schedule.seconds }
      : { expression: schedule.expression, zone: schedule.zone }),
    graceSeconds,
    maxRunSeconds: maxRunSeconds ?? undefined,
  }
}

/** What each kind is begun with, so that the form always shows one that works. */
export const startOf: Record<Draft['kind'], string> = { cron: '0 22 * * 1-5', oncalendar: 'Mon..Fri 22:00', period: '' }

export const scheduleOf = (d: Draft): JobSchedule =>
  d.kind === 'period'
    ? { kind: 'period', seconds: d.seconds ?? 0 }
    : { kind: d.kind, expression: d.expression.trim(), zone: d.zone }

/** As the API takes it. */
export const fieldsOf = (d: Draft) => ({
  name: d.name.trim(),
  description: d.description,
  serviceId: d.service?.id ?? null,
  environment: d.environment,
  ...(d.team === undefined ? {} : { teamId: d.team?.id ?? null }),
  schedule: scheduleOf(d),
  graceSeconds: d.graceSeconds ?? 0,
  maxRunSeconds: d.maxRunSeconds ?? null,
})

/** What can be seen to be wrong before the server is asked, by the path that it would name. */
export const draftProblems = (d: Draft): Record<string, string> => ({
  ...(d.name.trim() ? {} : { name: 'A name is needed.' }),
  ...(d.kind === 'period' && (d.seconds ?? 0) < 10 ? { 'schedule.seconds': 'It must be at least 10 seconds.' } : {}),
  ...(d.kind !== 'period' && !d.expression.trim() ? { 'schedule.expression': 'It must not be empty.' } : {}),
  ...(d.graceSeconds === undefined ? { graceSeconds: 'A grace is needed; it may be 0.' } : {}),
})

export const fieldNames = [
  'name',
  'description',
  'serviceId',
  'environment',
  'teamId',
  'schedule.seconds',
  'schedule.expression',
  'schedule.zone',
  'graceSeconds',
  'maxRunSeconds',
]
