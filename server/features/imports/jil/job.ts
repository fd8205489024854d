import { exitsIn } from '../../../../contract/jobs/filters.ts'
import type { JobWaits } from '../../../../contract/jobs/waits.ts'
import type { Finding, ImportedJob } from '../define-importer.ts'
import { loadOf } from './amounts.ts'
import { ConditionError, type NamedJob, type ReadCondition, readCondition } from './condition.ts'
import { deadlinesOf, startGraceOf } from './deadlines.ts'
import { boxNameOf, type Definition } from './estate.ts'
import { isWatch, noteWatch } from './file-watch.ts'
import type { History } from './history.ts'
import type { Times } from './run-days.ts'
import { has, type Note, placeOf, textOf } from './said.ts'
import { wallTimeOf } from './times.ts'
import { type Timing, timingOf } from './timing.ts'
import { flagOf, numberOf, plainValue, unescaped } from './values.ts'

export type Sources = Times & { history: History; refOf: (job: NamedJob) => string }

/** A job with what the rules of an estate are told by. */
export type Built = {
  definition: Definition
  job: ImportedJob & { waits: JobWaits }
  condition: ReadCondition | null
  timing: Timing
  /** The shortest time from a start to its deadline. */
  leastMinutes: number | null
}

const MINUTE = 60
const DAY = 86_400
const MOST_SECONDS = 400 * DAY

/** What AutoSys calls types of jobs, by the letters that it takes as well. */
const types: Record<string, string> = { c: 'CMD', b: 'BOX', f: 'FW' }
const typeOf = (job: Definition): string => {
  const given = textOf(job, 'job_type').toLowerCase() || 'c'
  return (Object.hasOwn(types, given) ? types[given] : given.toUpperCase()) ?? 'CMD'
}

/** Attributes that have a place of their own in a job. The others are kept as they were written. */
const placed = new Set(['command', 'description', 'machine', 'condition', 'box_name'])

export const buildJob = (definition: Definition, sources: Sources): { built: Built; findings: Finding[] } => {
  const findings: Finding[] = []
  const note: Note = (rule, severity, { file, line }, message) => findings.push({ file, line, rule, severity, message })
  const { name, file, line } = definition
  const type = typeOf(definition)
  const timing = timingOf(definition, sources, note)
  if (isWatch(type)) noteWatch(definition, timing, note)
  const condition = conditionOf(definition, sources.refOf, note)
  const hold = holdOf(definition, sources.history, note)
  const { deadlines, leastMinutes } = deadlinesOf(definition, timing, note)
  const killed = seconds(definition, 'term_run_time')
  const tags = ['application', 'group'].map((key) => textOf(definition, key)).filter(Boolean)
  for (const { key, rule, says } of notCarried)
    if (has(definition, key) && textOf(definition, key) !== '0')
      note(rule, 'info', placeOf(definition, key), `${name}: ${says}`)
  const waits: JobWaits = {
    isBox: type === 'BOX',
    box: boxOf(definition, sources.refOf),
    condition: condition?.condition ?? null,
    conditionText: has(definition, 'condition') ? unquoted(definition, 'condition').slice(0, 20_000) : null,
    window: timing.window && { from: wallTimeOf(timing.window.from), to: wallTimeOf(timing.window.to) },
    hold,
    resources: resourcesOf(definition),
    retries: Math.min(100, numberOf(definition.attributes.get('n_retrys')?.value) ?? 0),
    killAfterSeconds: killed,
    typicalSeconds: sources.history.typicalSeconds.get(name) ?? seconds(definition, 'avg_runtime'),
  }
  const job = {
    file,
    line,
    externalId: sources.refOf({ name, instance: null }),
    name,
    // It stands in the graph even where nothing but a hand starts it, for others wait for it.
    schedule: timing.schedule ?? { kind: 'waits' as const, zone: timing.zone },
    unscheduled: null,
    command: unescaped(definition.attributes.get('command')?.value ?? '') || textOf(definition, 'watch_file'),
    host: textOf(definition, 'machine').slice(0, 200) || null,
    tags,
    description: textOf(definition, 'description'),
    enabled: true,
    graceSeconds: startGraceOf(definition, timing, note),
    maxRunSeconds: seconds(definition, 'max_run_alarm') ?? killed,
    minRunSeconds: seconds(definition, 'min_run_alarm'),
    goodExits: goodExitsOf(definition, note),
    waits,
    runs: sources.history.runs.get(name) ?? [],
    deadlines,
    attributes: keptOf(definition),
  }
  return { built: { definition, job, condition, timing, leastMinutes }, findings }
}

const keptOf = ({ attributes }: Definition): Record<string, string> => {
  const kept: [string, string][] = []
  for (const [key, { value }] of attributes) if (!placed.has(key)) kept.push([key, value])
  return Object.fromEntries(kept)
}

/** What stands with the job as it was written, and changes nothing of what is expected of it here. */
const notCarried = [
  ...['box_success', 'box_failure'].map((key) => ({
    key,
    rule: 'box-verdict',
    says: `${key} decides there when the box is done. Here it is done with its last member.`,
  })),
  ...['box_terminator', 'job_terminator'].map((key) => ({
    key,
    rule: 'terminator',
    says: `${key} ends other jobs there. Here nothing follows from it.`,
  })),
]

const seconds = ({ attributes }: Definition, key: string): number | null => {
  const minutes = numberOf(attributes.get(key)?.value)
  return minutes ? Math.min(MOST_SECONDS, minutes * MINUTE) : null
}

/** Exit codes from 1 to 255 that are a success: up to max_exit_success and those of success_codes, but for fail_codes. */
const goodExitsOf = (job: Definition, note: Note): number[] => {
  const codes = (key: string): number[] => {
    const read = exitsIn(textOf(job, key))
    if (read === null)
      note(
        'exit-codes',
        'warn',
        placeOf(job, key),
        `${job.name}: ${key} is left out. Write codes from 0 to 255, such as 0-2,8.`,
      )
    return read ?? []
  }
  const [good, bad] = [codes('success_codes'), new Set(codes('fail_codes'))]
  const most = Math.min(255, numberOf(job.attributes.get('max_exit_success')?.value) ?? 0)
  if (bad.has(0) || (good.length > 0 && !good.includes(0)))
    note(
      'exit-codes',
      'warn',
      placeOf(job, bad.has(0) ? 'fail_codes' : 'success_codes'),
      `${job.name}: exit code 0 is a failure there, and a success here: send what AutoSys made of it.`,
    )
  const all = new Set([...good, ...Array.from({ length: most }, (_, n) => n + 1)])
  return [...all].filter((exit) => exit > 0 && !bad.has(exit)).sort((a, b) => a - b)
}

const boxOf = (job: Definition, refOf: Sources['refOf']): string | null => {
  const box = boxNameOf(job)
  return box === null ? null : refOf({ name: box, instance: null })
}

const unquoted = (job: Definition, key: string): string => job.attributes.get(key)?.value.trim() ?? ''

/** The condition of a job; one that cannot be read is noted, and its text kept. */
const conditionOf = (job: Definition, refOf: Sources['refOf'], note: Note): ReadCondition | null => {
  if (!has(job, 'condition')) return null
  const place = placeOf(job, 'condition')
  try {
    const read = readCondition(wholeOf(unquoted(job, 'condition')), refOf)
    if (read.isMixed)
      note(
        'mixed-operators',
        'warn',
        place,
        `${job.name}: & and | stand side by side, which AutoSys reads from left to right. Write parentheses around what belongs together.`,
      )
    return read
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error
    note(
      'condition',
      'warn',
      place,
      `${job.name}: its condition ${error.message}. It is kept as text, and waits for nothing here.`,
    )
    return null
  }
}

/** Some write quotes around the whole. */
const wholeOf = (text: string): string =>
  /^".*\)\s*"$/s.test(text) && text.split('"').length === 3 ? plainValue(text) : text

const statuses: Record<string, JobWaits['hold']> = { ON_HOLD: 'held', ON_ICE: 'iced', ON_NOEXEC: 'bypassed' }

/** By the report of the present state, where there is one; else as it was defined. */
const holdOf = (job: Definition, { holds }: History, note: Note): JobWaits['hold'] => {
  const status = textOf(job, 'status').toUpperCase()
  const defined = (Object.hasOwn(statuses, status) ? statuses[status] : undefined) ?? 'none'
  const hold = holds.get(job.name) ?? defined
  if (hold !== 'none')
    note(
      'on-hold',
      'info',
      placeOf(job, 'status'),
      `${job.name} is on ${{ held: 'hold', iced: 'ice', bypassed: 'no-exec' }[hold]}: it is not expected until its log, or another import, says that it is not any more.`,
    )
  else if (flagOf(job.attributes.get('auto_hold')?.value))
    note(
      'auto-hold',
      'info',
      placeOf(job, 'auto_hold'),
      `${job.name} is put on hold by each start of its box (auto_hold), and starts once somebody releases it.`,
    )
  return hold
}

const MOST_UNITS = 1_000_000
const MOST_RESOURCES = 50

const resourcesOf = (job: Definition): JobWaits['resources'] => {
  const found: JobWaits['resources'] = []
  for (const [, given = ''] of textOf(job, 'resources').matchAll(/\(([^()]+)\)/g)) {
    const [name = '', ...more] = given.split(',').map((part) => part.trim())
    const quantity = more.map((part) => /^quantity\s*=\s*(\d{1,7})$/i.exec(part)?.[1]).find(Boolean)
    if (name) found.push({ name: name.slice(0, 200), units: units(Number(quantity ?? 1)) })
  }
  const load = numberOf(job.attributes.get('job_load')?.value)
  const machine = textOf(job, 'machine')
  if (load && machine) found.push({ name: loadOf(machine), units: units(load) })
  return found.slice(0, MOST_RESOURCES)
}
const units = (given: number): number => Math.min(MOST_UNITS, Math.max(1, given))
