import type { JobWaits } from '../../../../contract/jobs/waits.ts'
import { startAtWall } from '../../../platform/wall-clock.ts'
import type { PastRun } from '../../jobs/index.ts'
import type { Finding, ImportFile } from '../define-importer.ts'
import { readReport } from './autorep.ts'

/** What reports of autorep say of jobs: how long a run usually takes, and whether they are held now. */
export type History = {
  typicalSeconds: ReadonlyMap<string, number>
  holds: ReadonlyMap<string, JobWaits['hold']>
  /** Of each job what has ended, the oldest first. */
  runs: ReadonlyMap<string, PastRun[]>
  findings: Finding[]
}

const holdOf: Record<string, JobWaits['hold']> = { OH: 'held', OI: 'iced', OQ: 'bypassed', NE: 'bypassed' }
/** Whether what has ended has failed. */
const ended: Record<string, boolean> = { SU: false, FA: true, TE: true }
const MOST_SECONDS = 400 * 86_400

/** Reads the reports; the job that stands in one of them as held is held, in whichever order they come. */
export const readHistory = (files: readonly ImportFile[], now: number, zone: string): History => {
  const runs = new Map<string, Map<number, PastRun>>()
  const spans = new Map<string, number[]>()
  const holds = new Map<string, JobWaits['hold']>()
  const findings: Finding[] = []
  for (const file of files) {
    const { rows, unread, isOrderCertain } = readReport(file, now)
    for (const { job, start, end, status, exit } of rows) {
      const failed = ended[status]
      if (failed !== undefined && start !== null && end !== null && end >= start) {
        const own = runs.get(job) ?? new Map<number, PastRun>()
        // Reports overlap: the present state shows the last run as well.
        own.set(start, { startedAt: startAtWall(zone, start), endedAt: startAtWall(zone, end), failed, exit })
        runs.set(job, own)
      }
      const hold = holdOf[status] ?? 'none'
      if (hold !== 'none' || !holds.has(job)) holds.set(job, hold)
      const seconds = start === null || end === null ? -1 : Math.round((end - start) / 1000)
      // What failed says little of how long success takes; a clock that was put back, nothing.
      if (status !== 'SU' || seconds < 0 || seconds > MOST_SECONDS) continue
      const known = spans.get(job)
      if (known) known.push(seconds)
      else spans.set(job, [seconds])
    }
    const [first] = unread
    if (first)
      findings.push({
        ...first,
        rule: 'report-line',
        severity: 'info',
        message: `${unread.length === 1 ? 'A line' : `${unread.length} lines`} of this report of autorep cannot be read and ${unread.length === 1 ? 'is' : 'are'} left out, from here on.`,
      })
    if (!isOrderCertain && rows.some(({ start, end }) => start !== null && end !== null && start < end - 86_400_000))
      findings.push({
        file: file.name,
        line: 1,
        rule: 'date-order',
        severity: 'info',
        message: 'No date of this report tells whether the month or the day comes first: they are read as month/day.',
      })
  }
  const typicalSeconds = new Map([...spans].map(([job, all]) => [job, Math.max(1, median(all))]))
  return {
    typicalSeconds,
    holds,
    runs: new Map([...runs].map(([job, own]) => [job, newest([...own.values()])])),
    findings,
  }
}

/** Of one job: more than a year of one that runs each day. */
const MOST_RUNS = 400

const newest = (runs: PastRun[]): PastRun[] => runs.toSorted((a, b) => a.endedAt - b.endedAt).slice(-MOST_RUNS)

const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) / 2
  return Math.round(((sorted[Math.floor(at)] ?? 0) + (sorted[Math.ceil(at)] ?? 0)) / 2)
}
