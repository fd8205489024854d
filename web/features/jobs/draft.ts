import type { Environment } from '../../../contract/base.ts'
import { noFilters, type PingFilters } from '../../../contract/jobs/filters.ts'
import type { JobRules, JobSchedule } from '../../../contract/jobs/index.ts'
import { jobSlug, jobTag } from '../../../contract/jobs/inputs.ts'
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
  tags: string[]
  kind: JobSchedule['kind']
  seconds: number | undefined
  expression: string
  zone: string
  rules: JobRules
  graceSeconds: number | undefined
  maxRunSeconds: number | undefined
  minRunSeconds: number | undefined
  minGapSeconds: number | undefined
  failuresInARow: number | undefined
  filters: PingFilters
  resumesByHand: boolean
  /** Its short name; empty: out of its name. */
  slug: string
  /** The id that it is given, to take over the address of a check of healthchecks; null: it has its id already. */
  address: string | null
}

export const newDraft = (zone: string): Draft => ({
  name: '',
  description: '',
  service: null,
  environment: 'prod',
  team: undefined,
  tags: [],
  kind: 'cron',
  seconds: 3_600,
  expression: '0 22 * * 1-5',
  zone,
  rules: 'own',
  graceSeconds: 600,
  maxRunSeconds: 3_600,
  minRunSeconds: undefined,
  minGapSeconds: undefined,
  failuresInARow: 1,
  filters: noFilters,
  resumesByHand: false,
  slug: '',
  address: '',
})

export const draftOf = (job: JobDetail, zone: string): Draft => {
  const { name, description, service, environment, team, tags, schedule, rules, graceSeconds, maxRunSeconds } = job
  const { minRunSeconds, minGapSeconds, failuresInARow, filters, resumesByHand, slug } = job
  return {
    ...newDraft(zone),
    name,
    description,
    service,
    environment,
    team,
    tags,
    kind: schedule.kind,
    ...(schedule.kind === 'period' && { seconds: schedule.seconds }),
    ...(schedule.kind !== 'period' && { zone: schedule.zone }),
    ...('expression' in schedule && { expression: schedule.expression }),
    rules,
    graceSeconds,
    maxRunSeconds: maxRunSeconds ?? undefined,
    minRunSeconds: minRunSeconds ?? undefined,
    minGapSeconds: minGapSeconds ?? undefined,
    failuresInARow,
    filters,
    resumesByHand,
    slug,
    address: null,
  }
}

/** What each kind is begun with, so that the form always shows one that works. */
export const startOf: Record<Draft['kind'], string> = {
  cron: '0 22 * * 1-5',
  oncalendar: 'Mon..Fri 22:00',
  period: '',
  waits: '',
}

/** Its times are said by an expression. */
export const isWritten = (kind: Draft['kind']): kind is 'cron' | 'oncalendar' =>
  kind === 'cron' || kind === 'oncalendar'

export const scheduleOf = (d: Draft): JobSchedule => {
  if (d.kind === 'period') return { kind: 'period', seconds: d.seconds ?? 0 }
  if (d.kind === 'waits') return { kind: 'waits', zone: d.zone }
  return { kind: d.kind, expression: d.expression.trim(), zone: d.zone }
}

/** What was written with spaces between, as healthchecks has them, is several. */
export const tagsIn = (given: readonly string[]): string[] => [
  ...new Set(given.flatMap((one) => one.split(/[\s,]+/)).filter(Boolean)),
]

/** An address that was pasted whole is as good as the id in it. */
const idIn = (address: string): string =>
  /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(address)?.[0]?.toLowerCase() ?? ''

/** As the API takes it. */
export const fieldsOf = (d: Draft) => ({
  name: d.name.trim(),
  description: d.description,
  serviceId: d.service?.id ?? null,
  environment: d.environment,
  ...(d.team === undefined ? {} : { teamId: d.team?.id ?? null }),
  tags: d.tags,
  schedule: scheduleOf(d),
  rules: d.rules,
  graceSeconds: d.graceSeconds ?? 0,
  maxRunSeconds: d.maxRunSeconds ?? null,
  minRunSeconds: d.minRunSeconds ?? null,
  minGapSeconds: d.minGapSeconds ?? null,
  failuresInARow: d.failuresInARow ?? 1,
  filters: d.filters,
  resumesByHand: d.resumesByHand,
  ...(d.slug.trim() ? { slug: d.slug.trim() } : {}),
})

/** Of a new one, with the id that it takes over. */
export const newFieldsOf = (d: Draft) => {
  const id = idIn(d.address ?? '')
  return { ...fieldsOf(d), ...(id ? { id } : {}) }
}

const slugProblem = 'It must be of a-z, 0-9, - and _, such as overnight-settlement.'

/** What can be seen to be wrong before the server is asked, by the path that it would name. */
export const draftProblems = (d: Draft): Record<string, string> => ({
  ...(d.name.trim() ? {} : { name: 'A name is needed.' }),
  ...(d.tags.every((tag) => jobTag.safeParse(tag).success) ? {} : { tags: 'A tag has at most 50 characters.' }),
  ...(d.kind === 'period' && (d.seconds ?? 0) < 10 ? { 'schedule.seconds': 'It must be at least 10 seconds.' } : {}),
  ...(isWritten(d.kind) && !d.expression.trim() ? { 'schedule.expression': 'It must not be empty.' } : {}),
  ...(d.graceSeconds === undefined ? { graceSeconds: 'A grace is needed; it may be 0.' } : {}),
  ...(d.slug.trim() && !jobSlug.safeParse(d.slug.trim()).success ? { slug: slugProblem } : {}),
  ...(d.address?.trim() && !idIn(d.address)
    ? { id: 'It must be a uuid, such as 4b7c9c0e-6d0a-4f9b-9d3e-2a6f3e1f0c11.' }
    : {}),
})

/** Fields that are folded away. */
export const foldedNames = [
  'minRunSeconds',
  'minGapSeconds',
  'failuresInARow',
  'filters.success',
  'filters.failure',
  'filters.start',
  'resumesByHand',
  'slug',
  'id',
]

export const fieldNames = [
  'name',
  'description',
  'serviceId',
  'environment',
  'teamId',
  'tags',
  'schedule.seconds',
  'schedule.expression',
  'schedule.zone',
  'rules',
  'graceSeconds',
  'maxRunSeconds',
  ...foldedNames,
]
