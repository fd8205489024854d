import { isObject, type Json, numberIn, objectsIn, textIn } from '../../imports/index.ts'
import type { Told } from '../define-scheduler.ts'

/** What the API server says of Jobs that CronJobs have made. Pure. */

export const metaOf = (object: Json): Json => (isObject(object.metadata) ? object.metadata : {})

const momentOf = (value: unknown): number | null => {
  const at = Date.parse(textIn(value))
  return Number.isFinite(at) ? at : null
}

/** The CronJob that has made a Job, as its importer knows it; null: nobody but a person did. */
export const ownerOf = (job: Json): string | null => {
  const owner = objectsIn(metaOf(job).ownerReferences).find((o) => o.kind === 'CronJob' && o.controller === true)
  return owner ? `${textIn(metaOf(job).namespace)}/${textIn(owner.name)}` : null
}

export const cronJobName = (cronJob: Json): string =>
  `${textIn(metaOf(cronJob).namespace)}/${textIn(metaOf(cronJob).name)}`

type Ended = { kind: 'success' | 'fail'; at: number; why: string }

const endOf = (job: Json): Ended | null => {
  const status = isObject(job.status) ? job.status : {}
  const held = objectsIn(status.conditions).filter((c) => c.status === 'True')
  const failed = held.find((c) => c.type === 'Failed')
  const complete = held.find((c) => c.type === 'Complete')
  const found = failed ?? complete
  const at = (failed ? null : momentOf(status.completionTime)) ?? momentOf(found?.lastTransitionTime)
  if (!found || at === null) return null
  return { kind: failed ? 'fail' : 'success', at, why: failed ? reasonOf(failed) : '' }
}

const reasonOf = ({ reason, message }: Json): string => {
  const words: Record<string, string> = {
    BackoffLimitExceeded: 'Its pods failed more often than its backoffLimit allows.',
    DeadlineExceeded: 'It took longer than its activeDeadlineSeconds allow.',
  }
  return words[textIn(reason)] ?? [textIn(reason), textIn(message)].filter(Boolean).join(': ').slice(0, 300)
}

export type JobEnd = { told: Told; selector: string; namespace: string }

/** What a Job tells; of one that failed also where its pods are asked for. `deleted`: it is gone, by this clock. */
export const jobTold = (job: Json, deleted: number | null): { told: Told[]; failed: JobEnd | null } => {
  const [name, meta] = [ownerOf(job), metaOf(job)]
  const status = isObject(job.status) ? job.status : {}
  const began = momentOf(status.startTime)
  if (name === null || began === null) return { told: [], failed: null }
  const run = `kubernetes ${textIn(meta.uid)}`
  const start: Told = { name, kind: 'start', run, id: `${run} start`, at: began }
  const end = endOf(job)
  if (end) {
    const told: Told = {
      name,
      kind: end.kind,
      run,
      id: `${run} end`,
      at: end.at,
      ...(end.why ? { note: end.why } : {}),
    }
    const selector = `job-name=${textIn(meta.name)}`
    return {
      told: [start, told],
      failed: end.kind === 'fail' ? { told, selector, namespace: textIn(meta.namespace) } : null,
    }
  }
  if (deleted === null) return { told: [start], failed: null }
  const gone: Told = {
    name,
    kind: 'fail',
    run,
    id: `${run} end`,
    at: deleted,
    note: 'Its Job was deleted before it ended.',
  }
  return { told: [start, gone], failed: null }
}

/** Of the pods of a Job: the exit status, the node and the last words of the one that ended last. */
export const lastPod = (pods: readonly Json[]): Pick<Told, 'exit' | 'host' | 'text'> => {
  const ended = pods.flatMap((pod) => {
    const [status, spec] = [isObject(pod.status) ? pod.status : {}, isObject(pod.spec) ? pod.spec : {}]
    return objectsIn(status.containerStatuses).flatMap((container) => {
      const state = isObject(container.state) ? container.state : {}
      const terminated = isObject(state.terminated) ? state.terminated : null
      if (!terminated) return []
      return [{ terminated, host: textIn(spec.nodeName), at: momentOf(terminated.finishedAt) ?? 0 }]
    })
  })
  // Of several containers the one that failed is what tells why.
  const failed = ended.filter(({ terminated }) => numberIn(terminated.exitCode) !== 0)
  const last = (failed.length > 0 ? failed : ended).toSorted((a, b) => b.at - a.at)[0]
  if (!last) return {}
  const exit = numberIn(last.terminated.exitCode)
  const text = [textIn(last.terminated.reason), textIn(last.terminated.message)]
    .filter((t) => t && t !== 'Error' && t !== 'Completed')
    .join('\n')
  return {
    ...(exit !== null && exit >= 0 && exit <= 255 ? { exit } : {}),
    ...(last.host ? { host: last.host } : {}),
    ...(text ? { text } : {}),
  }
}
