import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import { fieldFindings } from './cron-fields.ts'
import type { Finding, ImportedJob, ImportOptions, Refusal } from './define-importer.ts'
import { isObject } from './json-values.ts'
import type { KubeObject, Placed } from './kube-files.ts'
import { spanSeconds } from './spans.ts'

/** What a job of ours has where nobody says otherwise. */
const USUAL_GRACE = 600
/** So often Kubernetes looks for what is due. */
const LOOK_SECONDS = 10

const within = (object: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((found, key) => (isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined), object)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const number = (value: unknown): number | null => (typeof value === 'number' && value > 0 ? value : null)
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** A job out of a CronJob. */
export const cronJob = (
  { object, ...place }: Placed,
  options: ImportOptions,
): { job: ImportedJob; findings: Finding[] } | Refusal => {
  const name = textOf(within(object, 'metadata', 'name'))
  const given = textOf(within(object, 'spec', 'schedule')).trim()
  if (!name) return { ...place, reason: 'A CronJob has a name in its metadata.' }
  if (!given) return { ...place, reason: `${name}: a CronJob has a schedule in its spec.` }
  const findings: Finding[] = []
  const note = (rule: string, severity: Finding['severity'], message: string) =>
    findings.push({ ...place, rule, severity, message })
  const namespace = textOf(within(object, 'metadata', 'namespace')) || 'default'
  const schedule = scheduleOf(given, textOf(within(object, 'spec', 'timeZone')), options.zone, note)
  if (schedule.kind === 'cron') findings.push(...fieldFindings(place, schedule.expression))
  const policy = textOf(within(object, 'spec', 'concurrencyPolicy')) || 'Allow'
  if (policy === 'Replace')
    note(
      'replaces-its-run',
      'warn',
      `${name}: a run that is not done when the next is due is killed (concurrencyPolicy Replace), and is seen here as one that never ended.`,
    )
  const deadline = number(within(object, 'spec', 'startingDeadlineSeconds'))
  if (deadline !== null && deadline < LOOK_SECONDS)
    note(
      'short-start',
      'warn',
      `${name}: with startingDeadlineSeconds below ${LOOK_SECONDS} it may not start at all, for Kubernetes looks every ${LOOK_SECONDS} seconds.`,
    )
  return {
    job: {
      ...place,
      externalId: [options.host, namespace, name].filter(Boolean).join('/'),
      name,
      schedule,
      unscheduled: null,
      command: commandOf(object),
      host: options.host,
      tags: [namespace],
      description: textOf(within(object, 'metadata', 'annotations', 'kubernetes.io/description')),
      enabled: within(object, 'spec', 'suspend') !== true,
      graceSeconds: deadline === null ? null : Math.max(USUAL_GRACE, deadline),
      maxRunSeconds: number(within(object, 'spec', 'jobTemplate', 'spec', 'activeDeadlineSeconds')),
      attributes: attributesOf(object, policy),
    },
    findings,
  }
}

const scheduleOf = (
  given: string,
  timeZone: string,
  own: string,
  note: (rule: string, severity: Finding['severity'], message: string) => void,
): JobSchedule => {
  const every = /^@every\s+(\S+)$/.exec(given)?.[1]
  const seconds = every ? spanSeconds(every) : null
  if (seconds !== null) return { kind: 'period', seconds: Math.round(seconds) }
  const [, inside, fields = given] = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(given) ?? []
  if (inside)
    note(
      'zone-in-schedule',
      'warn',
      `The zone ${inside} stands in the schedule, which newer Kubernetes refuses: write it as timeZone.`,
    )
  else if (!timeZone)
    note(
      'zone-unsaid',
      'info',
      `It names no timeZone, so that the clock of the cluster decides, which is read as ${own}.`,
    )
  const expression = fields
    .split(/\s+/)
    .map((f) => (f === '?' ? '*' : f))
    .join(' ')
  return { kind: 'cron', expression, zone: inside || timeZone || own }
}

const containersOf = (object: KubeObject): KubeObject[] => {
  const found = within(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers')
  return Array.isArray(found) ? found.filter(isObject) : []
}

const commandOf = (object: KubeObject): string =>
  containersOf(object)
    .map((c) => [...texts(c.command), ...texts(c.args)].join(' ') || textOf(c.image))
    .join('\n')

const attributesOf = (object: KubeObject, concurrencyPolicy: string): Record<string, unknown> => {
  const { jobTemplate, schedule: _, timeZone: __, ...spec } = isObject(object.spec) ? object.spec : ({} as KubeObject)
  const { template: ___, ...ofJob } = isObject(within(jobTemplate, 'spec'))
    ? (within(jobTemplate, 'spec') as KubeObject)
    : {}
  return {
    ...spec,
    concurrencyPolicy,
    job: ofJob,
    labels: within(object, 'metadata', 'labels') ?? {},
    images: containersOf(object).map((c) => textOf(c.image)),
  }
}
