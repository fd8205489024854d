import type { Condition, ImportedDeadline, JobWaits } from '../../../../contract/jobs/waits.ts'
import { joined } from '../conditions.ts'
import type { Finding, ImportedJob, ImportOptions } from '../define-importer.ts'
import { type Note, notebook } from '../notebook.ts'
import type { CtmCalendars } from './calendars.ts'
import { dayFindings } from './days-lint.ts'
import { allEdges, conditionOf, type EventBook, eventBook, outcome, textOf, unusedEvents } from './events.ts'
import { goodExitsOf, noteLeft } from './exits.ts'
import { lintOf } from './lint.ts'
import { whens } from './schedule.ts'
import { type CtmDeadline, type CtmJob, type CtmOutcome, keyOf } from './shape.ts'
import { minutesOf, NEW_DAY, wallOf } from './times.ts'
import { noteWatch } from './watch.ts'

const MOST_NAME = 300
const MOST_TEXT = 20_000
const MOST_DAYS = 14
const MOST_RETRIES = 100
const MOST_RESOURCES = 50
/** Half a year: long enough to make next year's calendar. */
const ENDS_SOON = 183

/** What was read of all files together, as jobs with their places in the graph. */
export const buildJobs = (
  read: readonly CtmJob[],
  calendars: CtmCalendars,
  options: ImportOptions,
): { jobs: ImportedJob[]; findings: Finding[] } => {
  const today = options.now.toZonedDateTimeISO(options.zone).toPlainDate()
  const findings: Finding[] = calendarEnds(calendars, today)
  const shared = notebook()
  const noteFor =
    ({ file, line }: CtmJob): Note =>
    (rule, severity, message) =>
      findings.push({ file, line, rule, severity, message })
  const all = told(read, noteFor)
  const byKey = new Map(all.map((job) => [keyOf(job.server, job.path), job]))
  const boxOf = (job: CtmJob) => (job.box ? byKey.get(keyOf(job.server, job.box)) : undefined)
  const refs = new Map(
    all.map((job) => [job, [options.host, keyOf(job.server, job.path)].filter(Boolean).join('/').slice(0, MOST_NAME)]),
  )
  const refOf = (job: CtmJob) => refs.get(job) ?? ''
  const edges = allEdges()
  const book = eventBook(all)
  const forced = forcedBy(all, noteFor)
  const { when, datesOf } = whens({
    calendars,
    today,
    zone: options.zone,
    boxOf,
    note: noteFor,
    noteAll: (job) => shared.noteFor(job, job.path.at(-1) ?? ''),
  })
  const zones = new Map<string, string>()
  const jobs = all.map((job): ImportedJob => {
    const note = noteFor(job)
    const noteAll = shared.noteFor(job, job.path.at(-1) ?? '')
    noteWatch(job, noteAll)
    noteLeft(job, noteAll)
    const fixed = waitsBefore(job, { book, byKey, refOf, note, edges })
    const orders = (forced.get(job) ?? []).map((f) => outcome(refOf(f.by), f.when, 'own-last-run'))
    const timing = when(job, fixed.length + orders.length > 0)
    // What another job orders needs no date of its own; what has one runs besides.
    const condition = joined('all', [...fixed, ...(timing.schedule ? [] : [joined('any', orders) ?? []].flat())])
    if (timing.schedule && orders.length > 0)
      note(
        'forced',
        'info',
        `${job.path.at(-1)} is also ordered by another job, beside its own days: only these are carried over.`,
      )
    const box = boxOf(job)
    zones.set(refOf(job), timing.zone)
    return {
      file: job.file,
      line: job.line,
      externalId: refOf(job),
      name: job.path.at(-1) ?? '',
      schedule: timing.schedule,
      unscheduled: timing.unscheduled,
      command: job.command,
      host: job.host || options.host,
      tags: job.tags,
      description: job.description,
      enabled: true,
      graceSeconds: timing.graceSeconds,
      maxRunSeconds: job.longSeconds ?? job.watch?.limitSeconds ?? null,
      goodExits: goodExitsOf(job, note),
      waits: waitsOf(job, { condition, box: box ? refOf(box) : null, window: timing.window }),
      deadlines: job.deadlines.flatMap((d) => deadlineOf(d, job, note)),
      attributes: job.attributes,
    }
  })
  const standing = withPlace(jobs, zones)
  findings.push(...shared.findings(), ...lintOf(standing, all), ...dayFindings(standing, all, datesOf))
  const [unused, ...others] = unusedEvents(book)
  if (unused)
    noteFor(unused.job)(
      'event-unused',
      'info',
      `${unused.job.path.at(-1)} adds ${unused.name}, for which no job of these files waits${others.length > 0 ? `; so with ${others.length} more events` : ''}.`,
    )
  return { jobs: standing, findings }
}

/** Jobs of one name in one folder, which Control-M allows, are told apart by their order. */
const told = (read: readonly CtmJob[], noteFor: (job: CtmJob) => Note): CtmJob[] => {
  const seen = new Map<string, number>()
  return read.map((job) => {
    const key = keyOf(job.server, job.path)
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    if (count === 1) return job
    const name = `${job.path.at(-1)}#${count}`
    noteFor(job)(
      'same-name',
      'warn',
      `${job.path.at(-1)} stands more than once in its folder; this one is ${name} here.`,
    )
    return { ...job, path: [...job.path.slice(0, -1), name] }
  })
}

type Before = {
  book: EventBook
  byKey: ReadonlyMap<string, CtmJob>
  refOf(job: CtmJob): string
  note: Note
  edges: { left: number }
}

/** What its events, its flows and its confirmation make it wait for. */
const waitsBefore = (job: CtmJob, { book, byKey, refOf, note, edges }: Before): Condition[] => {
  const name = job.path.at(-1)
  const events = job.waitsFor ? [conditionOf(job.waitsFor, { book, refOf, note, job, edges })] : []
  const flows = job.after.flatMap((path): Condition[] => {
    const before = byKey.get(keyOf(job.server, path))
    return before ? [outcome(refOf(before), { is: 'succeeded' }, 'same-date')] : []
  })
  if (!job.confirm) return [...events, ...flows]
  note('confirmed-by-hand', 'info', `${name} starts only when somebody confirms it; that is taken as done, and marked.`)
  return [...events, ...flows, { kind: 'global', name: 'Confirm', compare: '=', value: 'confirmed' }]
}

/** Who orders whom at its end. */
const forcedBy = (all: readonly CtmJob[], noteFor: (job: CtmJob) => Note) => {
  const forced = new Map<CtmJob, { by: CtmJob; when: CtmOutcome }[]>()
  if (all.every((job) => job.forces.length === 0)) return forced
  const named = Map.groupBy(all, (job) => job.path.at(-1) ?? '')
  for (const by of all)
    for (const { job: text, when } of by.forces) {
      const [name = '', folder] = text.split('/').reverse()
      const found = (named.get(name) ?? []).filter((j) => !folder || j.path.at(-2) === folder)
      if (found.length === 0)
        noteFor(by)('forced-unknown', 'warn', `${by.path.at(-1)} orders ${text}, which is not among the files.`)
      for (const job of found) forced.set(job, [...(forced.get(job) ?? []), { by, when }])
    }
  return forced
}

const waitsOf = (job: CtmJob, place: Pick<JobWaits, 'condition' | 'box' | 'window'>): JobWaits => ({
  isBox: job.kind === 'folder',
  ...place,
  conditionText: job.waitsFor ? textOf(job.waitsFor).slice(0, MOST_TEXT) : null,
  hold: job.held ? 'held' : job.asDummy ? 'bypassed' : 'none',
  resources: job.resources
    .filter((r) => r.name)
    .slice(0, MOST_RESOURCES)
    .map((r) => ({ name: r.name.slice(0, 200), units: Math.min(1_000_000, Math.max(1, Math.round(r.units))) })),
  retries: Math.min(MOST_RETRIES, Math.max(0, Math.round(job.retries))),
  killAfterSeconds: job.watch?.limitSeconds ?? null,
  // These run nothing.
  typicalSeconds: job.kind === 'sla' || job.kind === 'dummy' ? 1 : null,
})

/** A time before the New Day on the business date itself would be over before that begins: it is the next morning's. */
const deadlineOf = (given: CtmDeadline, job: CtmJob, note: Note): ImportedDeadline[] => {
  const name = given.name.replace(/\s+/g, ' ').trim().slice(0, 200) || (job.path.at(-1) ?? '')
  if (given.kind === 'in') return given.seconds > 0 ? [{ ...given, name }] : []
  const minutes = minutesOf(given.time) ?? 0
  const isNext = given.days === 0 && minutes < NEW_DAY
  if (isNext)
    note(
      'next-morning',
      'info',
      `${name}: ${wallOf(minutes)} is before the New Day, so that the morning after its date is meant.`,
    )
  const days = Math.min(MOST_DAYS, Math.max(0, Math.round(given.days + (isNext ? 1 : 0))))
  return [{ kind: 'by', name, time: wallOf(minutes), days }]
}

/** A job without a time of its own that has a place among others stands in the graph. */
const withPlace = (jobs: readonly ImportedJob[], zones: ReadonlyMap<string, string>): ImportedJob[] => {
  const needed = new Set<string>()
  for (const { waits } of jobs) {
    const open = waits?.condition ? [waits.condition] : []
    for (let c = open.pop(); c; c = open.pop()) {
      if (c.kind === 'all' || c.kind === 'any') open.push(...c.of)
      else if ('job' in c) needed.add(c.job)
    }
  }
  const stands = ({ waits, externalId }: ImportedJob) =>
    waits?.condition || waits?.box || waits?.isBox || needed.has(externalId)
  return jobs.map((job) =>
    job.schedule === null && stands(job)
      ? { ...job, schedule: { kind: 'waits' as const, zone: zones.get(job.externalId) ?? 'UTC' }, unscheduled: null }
      : job,
  )
}

/** A calendar that says nothing of the days to come. */
const calendarEnds = (calendars: CtmCalendars, today: Temporal.PlainDate): Finding[] =>
  calendars.all().flatMap(({ file, line, name, dates: days }): Finding[] => {
    const last = [...days].reduce((a, b) => (a > b ? a : b), '')
    if (last >= today.add({ days: ENDS_SOON }).toString()) return []
    const isOver = last < today.toString()
    return [
      {
        file,
        line,
        rule: 'calendar-ends',
        severity: isOver ? 'warn' : 'info',
        message: isOver
          ? `The calendar ${name} has no day from today on: what runs by it does not run any more.`
          : `The last day of the calendar ${name} is ${last}: import it again before.`,
      },
    ]
  })
