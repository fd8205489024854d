import type { Condition } from '../../../../contract/jobs/waits.ts'
import type { Finding, ImportedJob } from '../define-importer.ts'
import { namesOf, nightOrder } from '../night-order.ts'
import type { CtmJob } from './shape.ts'
import { DAY, minutesOf, NEW_DAY, wallOf } from './times.ts'

/** What the graph of all jobs shows that no job alone does. `read` stands in the same order as `jobs`. */
export const lintOf = (jobs: readonly ImportedJob[], read: readonly CtmJob[]): Finding[] => {
  const order = nightOrder(jobs)
  const findings: Finding[] = order.stuck.flatMap((stuck) => {
    const first = stuck.find((j) => j.waits?.condition) ?? stuck[0]
    if (!first) return []
    const words = stuck.length === 1 ? 'waits for itself' : 'wait for one another'
    return [warn(first, 'cycle', `${namesOf(stuck)} ${words}: what they wait for never comes by itself.`)]
  })
  const gates = earliest(jobs, read, order)
  const services = new Set(jobs.filter((_, index) => read[index]?.kind === 'sla').map((j) => j.externalId))
  const followers = followersOf(jobs, services)
  for (const [index, job] of jobs.entries()) {
    for (const deadline of job.deadlines ?? []) {
      const start = gates[index] ?? 0
      if (deadline.kind !== 'by' || start === 0) continue
      const due = (minutesOf(deadline.time) ?? 0) + deadline.days * DAY
      if (due <= start)
        findings.push(
          warn(
            job,
            'deadline-before-start',
            `${deadline.name} must be done by ${dayTime(due)}, but ${job.name} cannot start before ${dayTime(start)} of its business date.`,
          ),
        )
    }
    if (read[index]?.kind !== 'sla') continue
    const after = [...(followers.get(job.externalId) ?? [])]
    if (after.length > 0)
      findings.push(
        warn(
          job,
          'sla-not-last',
          `${job.name} is the SLA job of its service, but ${namesOf(after)} still waits for it.`,
        ),
      )
    if (!job.waits?.condition)
      findings.push(warn(job, 'sla-alone', `${job.name} is an SLA job that waits for nothing: it watches no job.`))
  }
  return findings
}

const warn = ({ file, line }: ImportedJob, rule: string, message: string): Finding => ({
  file,
  line,
  rule,
  severity: 'warn',
  message,
})

/** 05:30 of the day after */
const dayTime = (minutes: number): string => {
  const days = Math.floor(minutes / DAY)
  return wallOf(minutes) + (days === 0 ? '' : days === 1 ? ' of the day after' : ` ${days} days after`)
}

/** Who waits on the same date for one of these. */
const followersOf = (jobs: readonly ImportedJob[], services: ReadonlySet<string>): Map<string, Set<ImportedJob>> => {
  const found = new Map<string, Set<ImportedJob>>()
  for (const job of jobs) {
    const open: Condition[] = job.waits?.condition ? [job.waits.condition] : []
    for (let c = open.pop(); c; c = open.pop()) {
      if (c.kind === 'all' || c.kind === 'any') open.push(...c.of)
      else if ('job' in c && c.within === 'same-date' && services.has(c.job))
        found.set(c.job, (found.get(c.job) ?? new Set()).add(job))
    }
  }
  return found
}

/** The first minute of its business date at which a job can start, by the times of all before it. 0: nobody says. */
const earliest = (
  jobs: readonly ImportedJob[],
  read: readonly CtmJob[],
  { points, at }: ReturnType<typeof nightOrder>,
): number[] => {
  const starts = jobs.map(() => 0)
  const ends = jobs.map(() => 0)
  const gateOf = (c: Condition): number => {
    if (c.kind === 'all') return Math.max(...c.of.map(gateOf))
    if (c.kind === 'any') return Math.min(...c.of.map(gateOf))
    if (!('job' in c) || c.within !== 'same-date') return 0
    return ends[at.get(c.job) ?? -1] ?? 0
  }
  for (const point of points) {
    const index = point >> 1
    const job = jobs[index]
    if (point % 2 === 1) {
      ends[index] = Math.max(starts[index] ?? 0, ends[index] ?? 0)
      const box = at.get(job?.waits?.box ?? '')
      if (box !== undefined) ends[box] = Math.max(ends[box] ?? 0, ends[index] ?? 0)
      continue
    }
    const own = minutesOf(read[index]?.timeFrom ?? '')
    const gate = own === null ? 0 : own < NEW_DAY ? own + DAY : own
    const box = at.get(job?.waits?.box ?? '')
    const inBox = box === undefined ? 0 : (starts[box] ?? 0)
    starts[index] = Math.max(gate, inBox, job?.waits?.condition ? gateOf(job.waits.condition) : 0)
  }
  return starts
}
