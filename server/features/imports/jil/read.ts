import { MOST_JOBS } from '../bounded.ts'
import type { Finding, ImportFile, ImportOptions, Reading } from '../define-importer.ts'
import { ImportError } from '../import-error.ts'
import { reportAt } from './autorep.ts'
import { readCalendars } from './calendars.ts'
import type { NamedJob } from './condition.ts'
import { cyclesOf } from './cycles.ts'
import { DAY } from './days.ts'
import { estateOf } from './estate.ts'
import { readHistory } from './history.ts'
import { buildJob } from './job.ts'
import { lexJil } from './lex.ts'
import { lintOf } from './lint.ts'

/** How far ahead the rules of extended calendars are followed. */
const AHEAD = 3 * 366 * DAY

/** 50,000 jobs of thirty lines each. */
const MOST_LINES = 1_500_000

const linesIn = (text: string): number => {
  let lines = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

/** All files together: definitions, calendars, and reports of states and runs. */
export const readAutosys = (files: readonly ImportFile[], { zone, host, now }: ImportOptions): Reading => {
  const wall = now.toZonedDateTimeISO(zone)
  const today = Date.UTC(wall.year, wall.month - 1, wall.day)
  const parts = files.map(partsOf)
  const reports = parts.flatMap(({ report }) => report ?? [])
  const lines = files.reduce((sum, { text }) => sum + linesIn(text), 0)
  if (lines > MOST_LINES)
    throw new ImportError(`There are ${lines} lines in it; at most ${MOST_LINES} are read at once. Split the files.`)
  const estate = estateOf(parts.flatMap(({ jil }) => (jil ? [lexJil(jil)] : [])))
  if (estate.jobs.size === 0 && estate.refused.length === 0)
    throw new ImportError('There is no job in it. Give what autorep -J ALL -q prints, beside calendars and reports.')
  if (estate.jobs.size > MOST_JOBS)
    throw new ImportError(
      `There are ${estate.jobs.size} jobs in it; at most ${MOST_JOBS} are taken at once. Split the files.`,
    )
  const { calendarOf, findings } = readCalendars(estate.calendars, Date.UTC(wall.year, 0, 1), today + AHEAD)
  const history = readHistory(reports, today + DAY, zone)
  // A job is known by its name and instance, which no name of a job can hold a / of.
  const refOf = ({ name, instance }: NamedJob): string => [instance ?? host, name].filter(Boolean).join('/')
  const sources = { calendarOf, zone, today, made: new Map(), history, refOf }
  const made = [...estate.jobs.values()].map((job) => buildJob(job, sources))
  const order = new Map(files.map(({ name }, at) => [name, at]))
  const all = made.map(({ built }) => built)
  const found = [
    ...estate.findings,
    ...findings,
    ...history.findings,
    ...made.flatMap((one) => one.findings),
    ...lintOf(all),
    ...cyclesOf(all),
  ].sort((a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) || a.line - b.line)
  return {
    jobs: all.map(({ job }) => job),
    findings: mostOf(found),
    refused: estate.refused,
    amounts: [...estate.amounts.values()],
  }
}

/** Two for each of 50,000 jobs. */
const MOST_FINDINGS = 100_000

const mostOf = (found: Finding[]): Finding[] => {
  const next = found[MOST_FINDINGS]
  if (!next) return found
  const message = `There are ${found.length - MOST_FINDINGS} more notes from here on. Mend those above first.`
  return [...found.slice(0, MOST_FINDINGS), { ...next, rule: 'more', severity: 'warn', message }]
}

/** Definitions, and a report that may stand below them, when all was copied into one. */
const partsOf = (file: ImportFile): { jil: ImportFile | null; report: ImportFile | null } => {
  const at = reportAt(file.text)
  if (at === null) return { jil: file, report: null }
  const above = file.text.slice(0, at)
  // The lines keep their numbers.
  const report = { name: file.name, text: '\n'.repeat(above.split('\n').length - 1) + file.text.slice(at) }
  return { jil: above.trim() === '' ? null : { name: file.name, text: above }, report }
}
