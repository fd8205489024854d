import { type ImportedDeadline, noWaits } from '../../../contract/jobs/waits.ts'
import type { ImportedJob } from './define-importer.ts'

/** `05:30` on the business date itself, `05:30 +1` on the day after; null when it is not such a time. */
export const deadlineIn = (text: string): ImportedDeadline | null => {
  const found = /^([01]\d|2[0-3]):([0-5]\d)(?:\s*\+\s*(\d{1,2}))?$/.exec(text.trim())
  const days = Number(found?.[3] ?? 0)
  return found && days <= 14 ? { kind: 'by', name: '', time: `${found[1]}:${found[2]}`, days } : null
}

/** Names by `&`. */
export const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .split('&')
      .map((name) => name.trim())
      .filter(Boolean),
  ),
]

/**
 * Jobs of a list that come after others of it, all of which must have succeeded on the same business date. A name that
 * stands in the list once means that job; any other stays as it is written.
 */
export const waitsIn = (jobs: readonly ImportedJob[], after: ReadonlyMap<ImportedJob, string[]>): ImportedJob[] => {
  const ids = new Map<string, string>()
  for (const { name, externalId } of jobs) ids.set(name, ids.has(name) ? name : externalId)
  return jobs.map((job) => {
    const names = after.get(job) ?? []
    if (names.length === 0) return job
    const of = names.map((name) => ({
      kind: 'job' as const,
      job: ids.get(name) ?? name,
      is: 'succeeded' as const,
      within: 'same-date' as const,
    }))
    const [first] = of
    const condition = of.length === 1 && first ? first : { kind: 'all' as const, of }
    return { ...job, waits: { ...noWaits, condition, conditionText: names.join(' & ') } }
  })
}
