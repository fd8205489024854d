import { isObject, type Json, numberIn, objectsIn, textIn } from '../../imports/index.ts'
import type { Ask } from '../ask.ts'
import { type Looked, type LookTools, SchedulerError } from '../define-scheduler.ts'
import { holdsIn, nameOf, serviceEstimate, statusEstimate, statusTold } from './read.ts'

export type ControlmConfig = {
  user?: string | undefined
  password?: string | undefined
  token?: string | undefined
  zone: string
  server?: string | undefined
}

/** As many as it gives at once. */
const MOST = 10_000
/** Of a status that is told again: what changed just before the last look may not have been in its answer. */
const OVERLAP_MS = 600_000
const OLDEST_MS = 6.9 * 86_400_000
/** What has ended stays in its active list for a day at least. */
const REMEMBERED_MS = 12 * 3_600_000
const begun = ['Executing', 'Ended OK', 'Ended Not OK']

export const lookAtControlm = async ({
  config,
  cursor,
  ask,
  now,
  readAt,
}: LookTools<ControlmConfig>): Promise<Looked> => {
  const session = await signIn(ask, config)
  try {
    const { statuses, date, isWhole } = await activeJobs(session.ask, config)
    const services = await session.ask('/run/services/sla')
    const sent = date ?? now
    const at = isObject(cursor) && typeof cursor.at === 'number' ? cursor.at : null
    // A clock that was ahead, and was put right, leaves no gap.
    const since = at === null ? sent - OLDEST_MS : Math.min(at, sent) - OVERLAP_MS
    const list = isObject(services.json) ? objectsIn(services.json.activeServices) : []
    return {
      about: session.about,
      told: statuses
        .flatMap((status) => statusTold(status, config.zone))
        .filter((told) => told.at >= since)
        .sort((a, b) => a.at - b.at),
      names: isWhole ? [...new Set(statuses.filter((s) => textIn(s.deleted) !== 'true').map(nameOf))] : null,
      // Of a list that is not whole, what waits is not known.
      ...(isWhole && { holds: holdsIn(statuses) }),
      estimates: [
        ...list.flatMap((service) => serviceEstimate(service, statuses, config.zone)),
        ...statuses.flatMap((status) => statusEstimate(status, config.zone)),
      ],
      cursor: { at: sent },
      complete: at !== null && readAt !== null && now - readAt < REMEMBERED_MS,
      more: false,
      sent: date,
    }
  } finally {
    await session.end()
  }
}

type Session = { ask: Ask; about: string; end(): Promise<void> }

/** By a token, or by a session that is ended again: it gives only so many. */
const signIn = async (ask: Ask, { user, password, token }: ControlmConfig): Promise<Session> => {
  const as =
    (headers: Record<string, string>): Ask =>
    (path, asked) =>
      ask(path, { ...asked, headers })
  if (token) return { ask: as({ 'x-api-key': token }), about: 'Control-M', end: async () => undefined }
  const { json } = await ask('/session/login', { method: 'POST', json: { username: user, password } })
  const given = isObject(json) ? textIn(json.token) : ''
  if (!given) throw new SchedulerError('/session/login answers no token: the address is not that of the Automation API')
  const own = as({ authorization: `Bearer ${given}` })
  const end = async () => {
    const body = { method: 'POST', json: { username: user, token: given } } as const
    // A session that is not ended ends by itself after half an hour.
    await own('/session/logout', body).catch(() => undefined)
  }
  return { ask: own, about: `Control-M ${isObject(json) ? textIn(json.version) : ''}`.trim(), end }
}

type Active = { statuses: Json[]; date: number | null; isWhole: boolean }

/** The active list; where it is longer than it gives at once, those that have begun, status by status. */
const activeJobs = async (ask: Ask, { server }: ControlmConfig): Promise<Active> => {
  const base = `/run/jobs/status?limit=${MOST}${server ? `&ctm=${encodeURIComponent(server)}` : ''}`
  const all = await statusesOf(ask, base)
  if (all.total <= all.statuses.length) return { ...all, isWhole: true }
  const parts: Json[] = []
  for (const status of begun) {
    const part = await statusesOf(ask, `${base}&status=${encodeURIComponent(status)}`)
    if (part.total > part.statuses.length)
      throw new SchedulerError(
        `it has ${part.total} jobs with the status ${status}, and gives at most ${part.statuses.length} at once; name one Control-M server here, and make a connection for each`,
      )
    parts.push(...part.statuses)
  }
  return { statuses: parts, date: all.date, isWhole: false }
}

const statusesOf = async (ask: Ask, path: string) => {
  const { json, date } = await ask(path)
  if (!isObject(json) || !Array.isArray(json.statuses))
    throw new SchedulerError('/run/jobs/status answers no statuses: the address is not that of the Automation API')
  const statuses = objectsIn(json.statuses)
  return { statuses, total: numberIn(json.total) ?? statuses.length, date }
}
