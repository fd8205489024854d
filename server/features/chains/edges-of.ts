import type { NightEdge } from '../../../contract/chains/night.ts'
import type { Condition } from '../../../contract/jobs/waits.ts'
import { type Definitions, edgeKey, type JobDef } from './definitions.ts'

/** Which of these jobs wait for which others of them, each pair once. A box stands with its members, not with edges to them. */
export const edgesOf = (jobs: readonly JobDef[], { drawn }: Pick<Definitions, 'drawn'>): NightEdge[] => {
  const here = new Set(jobs.map((job) => job.id))
  return jobs.flatMap((job) => {
    const orders = new Map<string, boolean>()
    collect(job.waits.condition, orders)
    return [...orders]
      .filter(([from]) => here.has(from))
      .map(([from, mutex]) => ({ from, to: job.id, mutex, drawn: drawn.get(edgeKey(from, job.id))?.id ?? null }))
  })
}

/** The jobs of a condition, each with whether it only must not run. */
const collect = (condition: Condition | null, into: Map<string, boolean>): void => {
  if (!condition) return
  if (condition.kind === 'all' || condition.kind === 'any') for (const one of condition.of) collect(one, into)
  else if (condition.kind === 'job' || condition.kind === 'exit') {
    const mutex = condition.kind === 'job' && condition.is === 'not-running'
    into.set(condition.job, mutex && (into.get(condition.job) ?? true))
  }
}
