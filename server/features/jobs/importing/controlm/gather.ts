import type { Finding } from '../define-importer.ts'
import type { CtmJob } from './shape.ts'

/** Takes a job that shares something with others, and what is to be said of all of them once. */
export type Gather = (
  job: CtmJob,
  rule: string,
  shared: string,
  message: (names: string) => string,
  severity?: Finding['severity'],
) => void

const MOST_NAMED = 5

/** One finding for all jobs that share the same, at the first of them. */
export const gathering = (): { gather: Gather; findings(): Finding[] } => {
  const groups = new Map<
    string,
    { rule: string; severity: Finding['severity']; message(names: string): string; jobs: CtmJob[] }
  >()
  return {
    gather: (job, rule, shared, message, severity = 'warn') => {
      const key = `${rule} ${shared}`
      const group = groups.get(key) ?? { rule, severity, message, jobs: [] }
      if (group.jobs.at(-1) !== job) group.jobs.push(job)
      groups.set(key, group)
    },
    findings: () =>
      [...groups.values()].flatMap(({ rule, severity, message, jobs }): Finding[] => {
        const [first] = jobs
        if (!first) return []
        const names = jobs.slice(0, MOST_NAMED).map((j) => j.path.at(-1) ?? '')
        const more = jobs.length - names.length
        const { file, line } = first
        return [
          { file, line, rule, severity, message: message(names.join(', ') + (more > 0 ? ` and ${more} more` : '')) },
        ]
      }),
  }
}
