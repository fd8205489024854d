import { isObject, type Json, objectsIn, textIn } from '../../imports/index.ts'
import type { Ask } from '../ask.ts'
import { type Looked, type LookTools, noPageTwice, SchedulerError, type Told } from '../define-scheduler.ts'
import { cronJobName, type JobEnd, jobTold, lastPod, metaOf } from './read.ts'

export type KubernetesConfig = { token: string; namespace?: string | undefined }
type Cursor = { version: string; namesAt: number }

/** A watch tells at once what has changed since a version, and then as long as it is kept open. */
const WATCH_SECONDS = 5
const PAGE = 500
const NAMES_EACH_MS = 600_000
/** What is gone after so short a time was there when it was read last. */
const REMEMBERED_MS = 300_000
const MOST_PODS_ASKED = 50
const GONE = 410

const cursorOf = (value: unknown): Cursor | null =>
  isObject(value) && typeof value.version === 'string'
    ? { version: value.version, namesAt: Number(value.namesAt ?? 0) }
    : null

export const lookAtKubernetes = async (tools: LookTools<KubernetesConfig>): Promise<Looked> => {
  const { config, ask, now, readAt } = tools
  const before = cursorOf(tools.cursor)
  const version = await ask('/version')
  const about = isObject(version.json) ? textIn(version.json.gitVersion) : ''
  if (!about) throw new SchedulerError('/version answers no gitVersion: the address is not that of an API server')
  const base = `/apis/batch/v1${config.namespace ? `/namespaces/${encodeURIComponent(config.namespace)}` : ''}`
  const clock = version.date ?? now
  const seen = (before && (await watched(ask, base, before.version, clock))) ?? (await listed(ask, `${base}/jobs`))
  const found = seen.jobs.map(({ job, deleted }) => jobTold(job, deleted))
  await askPods(
    ask,
    found.flatMap(({ failed }) => failed ?? []),
  )
  const wantsNames = Math.abs(now - (before?.namesAt ?? 0)) >= NAMES_EACH_MS
  const cronJobs = wantsNames ? await listed(ask, `${base}/cronjobs`) : null
  return {
    about: `Kubernetes ${about}`,
    told: unique(found.flatMap(({ told }) => told)),
    names: cronJobs?.jobs.filter(({ job }) => !isSuspended(job)).map(({ job }) => cronJobName(job)) ?? null,
    ...(cronJobs && {
      holds: new Map(cronJobs.jobs.map(({ job }) => [cronJobName(job), isSuspended(job) ? 'held' : 'none'] as const)),
    }),
    cursor: { version: seen.version, namesAt: wantsNames ? now : (before?.namesAt ?? 0) },
    complete: before !== null && (seen.isWatch || (readAt !== null && now - readAt < REMEMBERED_MS)),
    more: false,
    sent: version.date,
  }
}

type Seen = { jobs: { job: Json; deleted: number | null }[]; version: string; isWatch: boolean }

const isSuspended = (cronJob: Json): boolean => isObject(cronJob.spec) && cronJob.spec.suspend === true

/** All of them, page by page, and the version from which a watch goes on. */
const listed = async (ask: Ask, path: string): Promise<Seen> => {
  const jobs: Seen['jobs'] = []
  const isNew = noPageTwice(path)
  let next = ''
  for (;;) {
    const { json } = await ask(`${path}?limit=${PAGE}${next ? `&continue=${encodeURIComponent(next)}` : ''}`)
    if (!isObject(json) || !Array.isArray(json.items))
      throw new SchedulerError(`${path} answers no list: the address is not that of an API server`)
    for (const job of objectsIn(json.items)) jobs.push({ job, deleted: null })
    next = textIn(metaOf(json).continue)
    if (!next) return { jobs, version: textIn(metaOf(json).resourceVersion), isWatch: false }
    isNew(json.items.length > 0 ? json.items : next)
  }
}

/** What has changed since a version; null where the server does not remember it any more, so that all is listed anew. */
const watched = async (ask: Ask, base: string, since: string, clock: number): Promise<Seen | null> => {
  const query = `watch=1&allowWatchBookmarks=true&timeoutSeconds=${WATCH_SECONDS}&resourceVersion=${encodeURIComponent(since)}`
  const answer = await ask(`${base}/jobs?${query}`, { also: [GONE], extraMs: WATCH_SECONDS * 1000 })
  if (answer.status === GONE) return null
  const seen: Seen = { jobs: [], version: since, isWatch: true }
  for (const event of answer.lines()) {
    if (!isObject(event) || !isObject(event.object)) throw new SchedulerError('its watch answers no events')
    const { object } = event
    if (event.type === 'ERROR') {
      if (object.code === GONE) return null
      throw new SchedulerError(`its watch ended with an error: ${textIn(object.message).slice(0, 200)}`)
    }
    seen.version = textIn(metaOf(object).resourceVersion) || seen.version
    if (event.type !== 'BOOKMARK') seen.jobs.push({ job: object, deleted: event.type === 'DELETED' ? clock : null })
  }
  return seen
}

/** Of Jobs that failed, with what and where. It is an extra: where one cannot be read no other is asked for, and no run is held up. */
const askPods = async (ask: Ask, failed: readonly JobEnd[]): Promise<void> => {
  for (const { told, namespace, selector } of failed.slice(-MOST_PODS_ASKED)) {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods?labelSelector=${encodeURIComponent(selector)}`
    const pods = await ask(path).then(
      ({ json }) => (isObject(json) ? objectsIn(json.items) : []),
      (error: unknown) => {
        if (error instanceof SchedulerError) return null
        throw error
      },
    )
    if (pods === null) return
    Object.assign(told, lastPod(pods))
  }
}

/** A Job changes several times; the first word of each kind counts. */
const unique = (told: readonly Told[]): Told[] => {
  const seen = new Map<string, Told>()
  for (const one of told) if (!seen.has(one.id)) seen.set(one.id, one)
  return [...seen.values()].sort((a, b) => a.at - b.at)
}
