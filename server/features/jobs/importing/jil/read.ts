import { ImportError, type ImportFile, type ImportOptions, type Reading } from '../define-importer.ts'
import { isReport } from './autorep.ts'
import { readCalendars } from './calendars.ts'
import type { NamedJob } from './condition.ts'
import { cyclesOf } from './cycles.ts'
import { DAY } from './dates.ts'
import { estateOf } from './estate.ts'
import { readHistory } from './history.ts'
import { buildJob } from './job.ts'
import { lexJil } from './lex.ts'
import { lintOf } from './lint.ts'

/** How far ahead the rules of extended calendars are followed. */
const AHEAD = 3 * 366 * DAY

/** All files together: definitions, calendars, and reports of states and runs. */
export const readAutosys = (files: readonly ImportFile[], { zone, host, now }: ImportOptions): Reading => {
  const wall = now.toZonedDateTimeISO(zone)
  const today = Date.UTC(wall.year, wall.month - 1, wall.day)
  const reports = files.filter(({ text }) => isReport(text))
  const estate = estateOf(files.filter((file) => !reports.includes(file)).map(lexJil))
  if (estate.jobs.size === 0 && estate.refused.length === 0)
    throw new ImportError('There is no job in it. Give what autorep -J ALL -q prints, beside calendars and reports.')
  const { calendars, findings } = readCalendars(estate.calendars, Date.UTC(wall.year, 0, 1), today + AHEAD)
  const history = readHistory(reports, today + DAY)
  // A job is known by its name and instance, which no name of a job can hold a / of.
  const refOf = ({ name, instance }: NamedJob): string => [instance ?? host, name].filter(Boolean).join('/')
  const sources = { calendars, zone, today, made: new Map(), history, refOf }
  const made = [...estate.jobs.values()].map((job) => buildJob(job, sources))
  const all = made.map(({ built }) => built)
  return {
    jobs: all.map(({ job }) => job),
    findings: [
      ...estate.findings,
      ...findings,
      ...history.findings,
      ...made.flatMap((one) => one.findings),
      ...lintOf(all),
      ...cyclesOf(all),
    ].sort(
      (a, b) =>
        files.findIndex(({ name }) => name === a.file) - files.findIndex(({ name }) => name === b.file) ||
        a.line - b.line,
    ),
    refused: estate.refused,
  }
}
