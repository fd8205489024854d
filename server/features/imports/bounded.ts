import { type JobSchedule, jobSchedule } from '../../../contract/jobs/schedule.ts'
import { cut } from '../../platform/text.ts'
import { readSchedule } from '../jobs/index.ts'
import type { ImportedJob, Reading } from './define-importer.ts'
import { ImportError } from './import-error.ts'
import { plainDeep } from './plain-text.ts'

export const MOST_JOBS = 50_000

const MOST_AMOUNTS = 1_000

const YEAR = 366 * 86_400
const seconds = (given: number | null, least: number): number | null =>
  given === null || !Number.isFinite(given) ? null : Math.min(YEAR, Math.max(least, Math.round(given)))

/** What a kind has read, so that all of it can be stored; a schedule that cannot be read refuses its job. */
export const bounded = ({ jobs, findings, refused, amounts = [] }: Reading): Reading => {
  if (jobs.length > MOST_JOBS)
    throw new ImportError(
      `There are ${jobs.length} jobs in it; at most ${MOST_JOBS} are taken at once. Split the file.`,
    )
  const known = new Map<string, string | null>()
  const problemOf = (schedule: JobSchedule): string | null => {
    const key = JSON.stringify(schedule)
    const found = known.get(key)
    if (found !== undefined) return found
    const problem = unreadable(schedule)
    known.set(key, problem)
    return problem
  }
  const first = new Map<string, ImportedJob>()
  const kept: ImportedJob[] = []
  const all = [...refused]
  for (const job of jobs) {
    const { file, line } = job
    const before = first.get(job.externalId)
    const problem = isDeep(job.attributes) ? TOO_DEEP : job.schedule && problemOf(job.schedule)
    if (before) all.push({ file, line, reason: `${job.externalId} stands in line ${before.line} already.` })
    else if (problem) all.push({ file, line, reason: `${cut(job.name, 120)}: ${problem}` })
    else kept.push(tidy(job))
    if (!before) first.set(job.externalId, job)
  }
  return { jobs: kept, findings, refused: all, amounts: plainDeep(amounts.slice(0, MOST_AMOUNTS)) as typeof amounts }
}

const tidy = (job: ImportedJob): ImportedJob => ({
  ...job,
  externalId: cut(job.externalId.toWellFormed(), 500),
  name: cut(job.name.replace(/\s+/g, ' ').trim() || job.externalId, 120),
  command: cut(job.command, 10_000),
  host: job.host?.toWellFormed() ?? null,
  description: cut(job.description.trim(), 5_000),
  tags: [
    ...new Set(
      job.tags
        .map((t) =>
          t
            .replace(/[\s,]+/g, '-')
            .slice(0, 50)
            .toWellFormed(),
        )
        .filter(Boolean),
    ),
  ].slice(0, 20),
  graceSeconds: seconds(job.graceSeconds, 0),
  maxRunSeconds: seconds(job.maxRunSeconds, 1),
  minRunSeconds: seconds(job.minRunSeconds ?? null, 1),
  ...(job.waits && { waits: plainDeep(job.waits) as typeof job.waits }),
  ...(job.deadlines && { deadlines: plainDeep(job.deadlines) as typeof job.deadlines }),
})

const MOST_DEEP = 100
const TOO_DEEP = `what is said of it is nested more than ${MOST_DEEP} deep, as no export of a scheduler is.`
/** PostgreSQL follows no further than its stack reaches. */
const isDeep = (given: unknown): boolean => {
  let level = [given]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_DEEP) return true
    level = level.flatMap((one) => Object.values(one as object)).filter((v) => typeof v === 'object' && v !== null)
  }
  return false
}

/** Why a schedule cannot be read, in a sentence; null when it can. */
const unreadable = (schedule: JobSchedule): string | null => {
  const parsed = jobSchedule.safeParse(schedule)
  if (!parsed.success) return `its schedule ${parsed.error.issues[0]?.message ?? 'cannot be read'}.`
  try {
    readSchedule(schedule)
    return null
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    return said.endsWith('.') ? said : `${said}.`
  }
}
