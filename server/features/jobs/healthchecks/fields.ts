import { z } from 'zod'
import { type PingFilters, pingFilters } from '../../../../contract/jobs/filters.ts'
import { type JobSchedule, jobSchedule } from '../../../../contract/jobs/schedule.ts'
import { readSchedule } from '../schedule/schedule.ts'
import type { CheckRow, Version } from './checks.ts'

/** What is wrong with what was sent, in upstream's words. */
export class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const YEAR = 31_536_000
const text = (most: number) => z.string('is not a string').max(most, 'is too long')
const seconds = z.int('is not a number').min(60, 'is too small').max(YEAR, 'is too large')
const flag = z.boolean('is not a boolean')

/** Limits as upstream has them; what it does not know it leaves out. */
const spec = z
  .object({
    channels: text(10_000),
    desc: text(5_000),
    failure_kw: text(200),
    filter_body: flag,
    filter_default_fail: flag,
    filter_http_body: flag,
    filter_subject: flag,
    grace: seconds,
    manual_resume: flag,
    methods: z.enum(['', 'POST'], 'has unexpected value'),
    name: text(100),
    schedule: text(100),
    slug: text(100).regex(/^[a-z0-9-_]*$/, 'does not match pattern'),
    start_kw: text(200),
    subject: text(200),
    subject_fail: text(200),
    success_kw: text(200),
    tags: text(500),
    timeout: seconds,
    tz: text(36),
    unique: z.array(z.enum(['name', 'slug', 'tags', 'timeout', 'grace'], 'has unexpected value'), 'is not an array'),
  })
  .partial()
export type Spec = z.output<typeof spec>

/** Reads a body. Throws the sentence of upstream for its first mistake. */
export const readSpec = (body: unknown): Spec => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Refused(400, 'json validation error: value is not an object')
  const read = spec.safeParse(body)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const [field, at] = issue?.path ?? []
  throw new Refused(
    400,
    typeof at === 'number'
      ? `json validation error: an item in '${String(field)}' ${issue?.message}`
      : `json validation error: ${String(field)} ${issue?.message}`,
  )
}

/** One line of just five fields is cron's; anything else is OnCalendar's. */
const kindOf = (expression: string): 'cron' | 'oncalendar' => {
  const isOneLine = !expression.includes('\n')
  return isOneLine && expression.trim().split(/\s+/).length === 5 ? 'cron' : 'oncalendar'
}

const scheduleOf = (s: Spec, before: CheckRow | null): JobSchedule | undefined => {
  const was = before && 'expression' in before.schedule ? before.schedule : null
  const expression = s.schedule ?? (s.timeout === undefined && s.tz !== undefined ? was?.expression : undefined)
  if (expression === undefined) return s.timeout === undefined ? undefined : { kind: 'period', seconds: s.timeout }
  const zone = s.tz ?? was?.zone ?? 'UTC'
  const read = jobSchedule.safeParse({ kind: kindOf(expression), expression, zone })
  const wrong = read.success ? '' : String(read.error.issues[0]?.path[0])
  if (wrong === 'zone') throw new Refused(400, 'json validation error: tz is not a valid timezone')
  try {
    if (!read.success) throw new Error('unreadable')
    readSchedule(read.data)
  } catch {
    throw new Refused(400, 'json validation error: schedule is not a valid cron or OnCalendar expression')
  }
  return read.data
}

const filtersOf = (s: Spec, before: PingFilters): PingFilters => {
  // Of before there were words for text: they looked at the subject of a mail alone.
  const old = s.subject !== undefined || s.subject_fail !== undefined
  const success = s.success_kw ?? s.subject ?? before.success
  const failure = s.failure_kw ?? s.subject_fail ?? before.failure
  return pingFilters.parse({
    post: s.methods === undefined ? before.post : s.methods === 'POST',
    httpBody: s.filter_http_body ?? before.httpBody,
    subject: s.filter_subject ?? (old ? success !== '' || failure !== '' : before.subject),
    body: s.filter_body ?? before.body,
    start: s.start_kw ?? before.start,
    success,
    failure,
    ...(before.exits && { exits: before.exits }),
    otherwise: s.filter_default_fail === undefined ? before.otherwise : s.filter_default_fail ? 'fail' : 'ignore',
  })
}

const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/[-\s]+/g, '-')
    .slice(0, 100)

/** Whom it tells is decided by its service and team here: there are no channels to choose from, but all and none. */
const requireChannels = ({ channels }: Spec): void => {
  const [first] = (channels ?? '').split(',').filter((one) => one !== '' && one !== '*')
  if (first !== undefined) throw new Refused(400, `invalid channel identifier: ${first}`)
}

/** What of a job changes. `before`: null for one that is made. */
export const jobFields = (s: Spec, before: CheckRow | null, version: Version) => {
  requireChannels(s)
  const slug = s.slug ?? (version < 3 && s.name !== undefined ? slugOf(s.name) : undefined)
  const schedule = scheduleOf(s, before)
  return {
    ...(s.name ? { name: s.name } : {}),
    ...(slug ? { slug } : {}),
    ...(s.desc === undefined ? {} : { description: s.desc }),
    ...(s.tags === undefined ? {} : { tags: s.tags.split(/\s+/).filter(Boolean) }),
    ...(s.grace === undefined ? {} : { graceSeconds: s.grace }),
    ...(schedule ? { schedule } : {}),
    ...(s.manual_resume === undefined ? {} : { resumesByHand: s.manual_resume }),
    filters: filtersOf(s, before?.filters ?? pingFilters.parse({})),
  }
}

/** The one of these that has all that is to be unique. */
export const sameCheck = (s: Spec, checks: readonly CheckRow[]): CheckRow | undefined =>
  s.unique?.length
    ? checks.find((c) =>
        (s.unique ?? []).every((field) => {
          if (field === 'name') return c.name === (s.name ?? '')
          if (field === 'slug') return c.slug === (s.slug ?? '')
          if (field === 'tags') return c.tags.join(' ') === (s.tags ?? '')
          if (field === 'timeout') return c.schedule.kind === 'period' && c.schedule.seconds === s.timeout
          return c.graceSeconds === s.grace
        }),
      )
    : undefined
