import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import { readSchedule } from '../../../server/features/jobs/schedule/schedule.ts'
import { DAY, HOUR, MINUTE, slownessOf } from './hours.ts'
import type { Random } from './random.ts'

export type PastJob = {
  id: string
  slug: string
  name: string
  schedule: JobSchedule
  maxRunSeconds: number | null
  /** Slugs of the jobs that must have ended well before it begins. */
  after: readonly string[]
}
/** Times are epoch milliseconds. `endedAt` is null for a run that goes on. */
export type PastRun = {
  id: string
  jobId: string
  dueAt: number
  startedAt: number
  endedAt: number | null
  exit: number
  host: string
  output: string
}

const hosts = ['prdbat01', 'prdbat02', 'prdbat03', 'prdbat04']
const FREQUENT_DAYS = 10
const FAILS = 0.012
/** In so many nights something is in its way: a lock, a plan gone wrong, twice the trades. */
const HANGS = 0.015
/** What is due is of one night with what was due so long before it. */
export const NIGHT = 12 * HOUR

/** How long a job usually takes, in milliseconds; the same for the past and for what runs now. */
export const usualRun = (job: Pick<PastJob, 'slug' | 'maxRunSeconds'>): number => {
  let n = 11
  for (const letter of job.slug) n = (n * 31 + letter.charCodeAt(0)) % 10_007
  return (job.maxRunSeconds ?? 600) * 1000 * (0.3 + (n % 200) / 1000)
}

const zoneOf = (s: JobSchedule) => ('zone' in s ? s.zone : 'UTC')
const isFrequent = (s: JobSchedule) => s.kind === 'cron' && /[*/,]/.test(s.expression.split(' ').slice(0, 2).join(' '))

/** How long a run that begins at `at` takes: longer at the end of a month and on Mondays, and never twice the same. */
export const runLength = (random: Random, job: PastJob, at: number): number => {
  const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zoneOf(job.schedule)).toPlainDate()
  const length = usualRun(job) * slownessOf(date) * random.spread(0.12)
  if (isFrequent(job.schedule) || !random.chance(HANGS)) return Math.round(length)
  return Math.round(Math.min(length * random.between(1.6, 2.1), (job.maxRunSeconds ?? 86_400) * 950))
}

/**
 * When the last of the jobs before one that is due at `due` has ended well in the same night, by all their runs; null where
 * one has not.
 */
export const readyAt = (before: readonly (readonly PastRun[])[], due: number): number | null => {
  let ready = 0
  for (const runs of before) {
    const tonight = runs.filter(({ dueAt }) => dueAt <= due && dueAt > due - NIGHT)
    if (tonight.length === 0) continue
    const good = tonight.findLast(({ exit, endedAt }) => exit === 0 && endedAt !== null)
    if (!good?.endedAt) return null
    ready = Math.max(ready, good.endedAt)
  }
  return ready
}

/** All runs of a job in the days before `now`, oldest first. `before`: all runs of the jobs that it waits for. */
export const pastRuns = (
  random: Random,
  job: PastJob,
  now: number,
  days: number,
  before: readonly (readonly PastRun[])[] = [],
): PastRun[] => {
  const after = readSchedule(job.schedule)
  const reach = isFrequent(job.schedule) ? Math.min(days, FREQUENT_DAYS) : days
  const host = random.pick(hosts)
  const runs: PastRun[] = []
  for (let due = after(now - reach * DAY); due !== null && due < now; due = after(due)) {
    const ready = readyAt(before, due)
    if (ready === null) break
    const startedAt = Math.max(due, ready) + random.whole(1_000, 20_000)
    if (startedAt >= now) break
    const length = runLength(random, job, startedAt)
    const failed = random.chance(FAILS)
    const end = startedAt + Math.round(failed ? length * random.between(0.1, 0.8) : length)
    const endedAt = end < now ? end : null
    runs.push({
      id: random.uuid(),
      jobId: job.id,
      dueAt: due,
      startedAt,
      endedAt,
      exit: failed ? random.pick([1, 2, 12, 137]) : 0,
      host,
      output: endedAt === null ? '' : outputOf(random, job.name, failed, length),
    })
    // The night’s operator runs what failed again.
    if (failed && endedAt !== null && !isFrequent(job.schedule)) {
      const again = endedAt + random.whole(6, 40) * MINUTE
      const done = again + runLength(random, job, again)
      if (done < now)
        runs.push({
          id: random.uuid(),
          jobId: job.id,
          dueAt: due,
          startedAt: again,
          endedAt: done,
          exit: 0,
          host,
          output: outputOf(random, job.name, false, length),
        })
    }
  }
  return runs
}

/** What a run printed. How much it works through is near the same each night. */
export const outputOf = (random: Random, name: string, failed: boolean, ms: number): string => {
  const usual = 2_000 + [...name].reduce((sum, letter) => sum + letter.charCodeAt(0) * 97, 0)
  const count = Math.round(usual * random.spread(0.06))
  const rows = count.toLocaleString('en')
  const lines = [`${name}: begin`, `read ${rows} rows`, `checked against control total, difference 0`]
  if (!failed)
    return [...lines, `wrote ${rows} rows in ${Math.round(ms / 1000)} s`, `rows=${count}`, `${name}: done`].join('\n')
  const why = random.pick([
    'ORA-01555: snapshot too old: rollback segment number 9 too small',
    'connect to posdb-01:1521 timed out after 30 s',
    'No space left on device: /data/work',
    'control total differs by 2 rows, stopped',
  ])
  return [...lines.slice(0, 2), `ERROR ${why}`, `${name}: stopped`].join('\n')
}
