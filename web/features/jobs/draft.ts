import type { Environment } from '../../../contract/base.ts'
import { exitsIn, noFilters, type PingFilters } from '../../../contract/jobs/filters.ts'
import type { JobRules, JobSchedule } from '../../../contract/jobs/index.ts'
import { jobSlug, jobTag } from '../../../contract/jobs/inputs.ts'
import {
  type BusinessDraft,
  businessDraftOf,
  businessFields,
  businessOf,
  businessProblems,
  newArrival,
  newBusiness,
} from './business-draft.ts'
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
  business: BusinessDraft
  /** The file with which it begins, where that arrives, and how long before its time it counts. */
  file: string
  fileHost: string
  aheadSeconds: number | undefined
  /** The job that it is expected after, once that has ended so. */
  follows: Named | null
  when: 'success' | 'end'
  withinSeconds: number | undefined
  zone: string
  rules: JobRules
  graceSeconds: number | undefined
  maxRunSeconds: number | undefined
  minRunSeconds: number | undefined
  minGapSeconds: number | undefined
  failuresInARow: number | undefined
  filters: PingFilters
  /** Exit statuses beside 0 that are a success, as they are written. */
  exits: string
  resumesByHand: boolean
  tellUnusual: boolean
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
  business: newBusiness,
  file: '',
  fileHost: '',
  aheadSeconds: 43_200,
  follows: null,
  when: 'success',
  withinSeconds: 600,
  zone,
  rules: 'own',
  graceSeconds: 600,
  maxRunSeconds: 3_600,
  minRunSeconds: undefined,
  minGapSeconds: undefined,
  failuresInARow: 1,
  filters: noFilters,
  exits: '',
  resumesByHand: false,
  tellUnusual: false,
  slug: '',
  address: '',
})

export const draftOf = (job: JobDetail, zone: string): Draft => {
  const { name, description, service, environment, team, tags, schedule, rules, graceSeconds, maxRunSeconds } = job
  const { minRunSeconds, minGapSeconds, failuresInARow, filters, resumesByHand, tellUnusual, slug } = job
  return {
    ...newDraft(zone),
    name,
    description,
    service,
    environment,
    team,
    tags,
    kind: schedule.kind,
    ...whenOf(job),
    rules,
    graceSeconds,
    maxRunSeconds: maxRunSeconds ?? undefined,
    minRunSeconds: minRunSeconds ?? undefined,
    minGapSeconds: minGapSeconds ?? undefined,
    failuresInARow,
    filters,
    exits: (filters.exits ?? []).join(', '),
    resumesByHand,
    tellUnusual,
    slug,
    address: null,
  }
}

const whenOf = ({ schedule: s, follows }: JobDetail): Partial<Draft> => {
  if (s.kind === 'period') return { seconds: s.seconds }
  if (s.kind === 'business') return { business: businessDraftOf(s), zone: s.zone }
  if (s.kind === 'arrival')
    return {
      business: businessDraftOf(s),
      zone: s.zone,
      file: s.file,
      fileHost: s.host ?? '',
      aheadSeconds: s.aheadSeconds,
    }
  if (s.kind === 'after') return { follows, when: s.when, withinSeconds: s.seconds }
  if (s.kind === 'waits') return { zone: s.zone }
  return { expression: s.expression, zone: s.zone }
}

/** What each kind is begun with, so that the form always shows one that works. */
export const startOf: Record<Draft['kind'], string> = {
  cron: '0 22 * * 1-5',
  oncalendar: 'Mon..Fri 22:00',
  period: '',
  business: '',
  arrival: '',
  after: '',
  waits: '',
}

/** What business days are begun with: of a kind that nobody has touched yet, those of the next one. */
export const businessFor = (kind: Draft['kind'], business: BusinessDraft): BusinessDraft =>
  business !== newBusiness && business !== newArrival ? business : kind === 'arrival' ? newArrival : newBusiness

/** Its times are said by an expression. */
export const isWritten = (kind: Draft['kind']): kind is 'cron' | 'oncalendar' =>
  kind === 'cron' || kind === 'oncalendar'

export const scheduleOf = (d: Draft): JobSchedule => {
  if (d.kind === 'period') return { kind: 'period', seconds: d.seconds ?? 0 }
  if (d.kind === 'business') return { kind: 'business', ...businessOf(d.business, d.zone) }
  if (d.kind === 'arrival')
    return {
      kind: 'arrival',
      file: d.file.trim(),
      host: d.fileHost.trim() || null,
      aheadSeconds: d.aheadSeconds ?? 0,
      ...businessOf(d.business, d.zone),
    }
  if (d.kind === 'waits') return { kind: 'waits', zone: d.zone }
  if (d.kind === 'after')
    return { kind: 'after', job: d.follows?.id ?? '', when: d.when, seconds: d.withinSeconds ?? 0 }
  return { kind: d.kind, expression: d.expression.trim(), zone: d.zone }
}

/** What was written with spaces between, as healthchecks has them, is several. */
export const tagsIn = (given: readonly string[]): string[] => [
  ...new Set(given.flatMap((one) => one.split(/[\s,]+/)).filter(Boolean)),
]

/** An address that was pasted whole is as good as the id in it. */
const idIn = (address: string): string =>
  /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(address)?.[0]?.toLowerCase() ?? ''

const filtersOf = ({ filters: { exits: _, ...filters }, exits }: Draft): PingFilters => {
  const good = exitsIn(exits)?.filter((exit) => exit > 0) ?? []
  return good.length > 0 ? { ...filters, exits: good } : filters
}

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
  filters: filtersOf(d),
  resumesByHand: d.resumesByHand,
  tellUnusual: d.tellUnusual,
  ...(d.slug.trim() ? { slug: d.slug.trim() } : {}),
})

/** Of a new one, with the id that it takes over. */
export const newFieldsOf = (d: Draft) => {
  const id = idIn(d.address ?? '')
  return { ...fieldsOf(d), ...(id ? { id } : {}) }
}

const slugProblem = 'It must be of a-z, 0-9, - and _, such as overnight-settlement.'

/** What of the schedule can be seen to be wrong: while anything is, its times cannot be asked for. */
export const scheduleProblems = (d: Draft): Record<string, string> => {
  if (d.kind === 'period') return (d.seconds ?? 0) < 10 ? { 'schedule.seconds': 'It must be at least 10 seconds.' } : {}
  if (d.kind === 'waits') return {}
  if (d.kind === 'business') return businessProblems(d.business)
  if (d.kind === 'arrival')
    return {
      ...(d.file.trim() ? {} : { 'schedule.file': 'Write the path of the file, such as /data/in/prices-*.csv.' }),
      ...((d.aheadSeconds ?? 0) < 60 ? { 'schedule.aheadSeconds': 'It must be at least 1 minute.' } : {}),
      ...businessProblems(d.business),
    }
  if (d.kind === 'after')
    return {
      ...(d.follows ? {} : { 'schedule.job': 'Choose the job that it follows.' }),
      ...((d.withinSeconds ?? 0) < 1 ? { 'schedule.seconds': 'It must be at least 1 second.' } : {}),
    }
  return d.expression.trim() ? {} : { 'schedule.expression': 'It must not be empty.' }
}

/** What can be seen to be wrong before the server is asked, by the path that it would name. */
export const draftProblems = (d: Draft): Record<string, string> => ({
  ...(d.name.trim() ? {} : { name: 'A name is needed.' }),
  ...(d.tags.every((tag) => jobTag.safeParse(tag).success) ? {} : { tags: 'A tag has at most 50 characters.' }),
  ...scheduleProblems(d),
  ...(d.graceSeconds === undefined ? { graceSeconds: 'A grace is needed; it may be 0.' } : {}),
  ...(exitsIn(d.exits) ? {} : { 'filters.exits': 'It must be numbers from 0 to 255, such as 1, 4-7.' }),
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
  'filters.exits',
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
  'schedule.job',
  'schedule.file',
  'schedule.host',
  'schedule.aheadSeconds',
  ...businessFields,
  'rules',
  'graceSeconds',
  'maxRunSeconds',
  ...foldedNames,
]
