import type { Condition } from '../../../../contract/jobs/waits.ts'
import type { Finding, ImportedJob } from '../define-importer.ts'
import type { CtmJob } from './shape.ts'

type Dates = ReadonlySet<number>

/**
 * Jobs that are ordered on days on which nobody is who adds what they wait for: then they wait in vain. `datesOf` gives
 * the same set for all jobs of the same days; null where they are not known. `read` stands in the same order as `jobs`.
 */
export const dayFindings = (
  jobs: readonly ImportedJob[],
  read: readonly CtmJob[],
  datesOf: (job: CtmJob) => Dates | null,
): Finding[] => {
  const at = new Map(jobs.map((job, index) => [job.externalId, index]))
  const datesAt = (index: number | undefined) => {
    const job = index === undefined ? undefined : read[index]
    return job ? datesOf(job) : null
  }
  /** The days on which a condition can be met; null: on any. */
  const met = (c: Condition): Dates | null => {
    if ('of' in c) return c.kind === 'any' ? union(c.of.map(met)) : null
    return 'job' in c && c.within === 'same-date' ? datesAt(at.get(c.job)) : null
  }
  return jobs.flatMap((job, index): Finding[] => {
    const own = datesAt(index)
    const condition = job.waits?.condition
    if (!own || !condition) return []
    for (const part of condition.kind === 'all' ? condition.of : [condition]) {
      const days = met(part)
      const missing = days && firstOutside(own, days)
      if (missing)
        return [
          {
            file: job.file,
            line: job.line,
            rule: 'not-its-day',
            severity: 'warn',
            message: `${job.name} is ordered on days, such as ${dateOf(missing)}, on which ${nameOf(part, jobs, at)} is not, for which it waits: then it waits in vain.`,
          },
        ]
    }
    return []
  })
}

const dateOf = (ms: number): string => Temporal.Instant.fromEpochMilliseconds(ms).toString().slice(0, 10)

const nameOf = (c: Condition, jobs: readonly ImportedJob[], at: ReadonlyMap<string, number>): string => {
  if ('of' in c) return c.of.map((o) => nameOf(o, jobs, at)).join(' or ')
  return 'job' in c ? (jobs[at.get(c.job) ?? -1]?.name ?? c.job) : ''
}

const union = (all: readonly (Dates | null)[]): Dates | null => {
  const known = all.filter((d) => d !== null)
  const [first] = known
  if (!first || known.length < all.length) return null
  const unlike = new Set(known)
  return unlike.size === 1 ? first : [...unlike].reduce<Dates>((sum, d) => sum.union(d), new Set())
}

const compared = new WeakMap<Dates, WeakMap<Dates, number>>()

/** The first of `own` that is not in `days`; 0 where there is none. The same sets are compared once. */
const firstOutside = (own: Dates, days: Dates): number => {
  if (own === days) return 0
  const before = compared.get(own)?.get(days)
  if (before !== undefined) return before
  let found = 0
  for (const day of own)
    if (!days.has(day)) {
      found = day
      break
    }
  compared.set(own, (compared.get(own) ?? new WeakMap()).set(days, found))
  return found
}
