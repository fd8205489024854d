import { isObject, type Json, textIn } from '../../imports/index.ts'
import type { Answered, Ask, Asked } from '../ask.ts'
import { basic } from '../config-fields.ts'
import { type Looked, type LookTools, noPageTwice, SchedulerError } from '../define-scheduler.ts'
import { dagRunTold, pageOf, taskTold } from './read.ts'

export type AirflowConfig = { user?: string | undefined; password?: string | undefined; token?: string | undefined }
/** `at`: from when on the next look reads. */
type Cursor = { at: number; namesAt: number }

/** Rows whose transaction ended late carry an earlier time: each look goes back by so much, and counts nothing twice. */
const OVERLAP_MS = 120_000
const FIRST_MS = 3_600_000
const OLDEST_MS = 6.9 * 86_400_000
const NAMES_EACH_MS = 600_000
const PAGE = 100
const MOST_ROWS = 20_000
const SHORTEST_MS = 60_000

const cursorOf = (value: unknown): Cursor | null =>
  isObject(value) && typeof value.at === 'number' ? { at: value.at, namesAt: Number(value.namesAt ?? 0) } : null

export const lookAtAirflow = async ({ config, cursor, ask, now }: LookTools<AirflowConfig>): Promise<Looked> => {
  const before = cursorOf(cursor)
  const api = await connect(ask, config)
  const sent = api.date ?? now
  // A clock that was ahead, and was put right, leaves no gap.
  const since = Math.max(sent - OLDEST_MS, Math.min(before?.at ?? sent - FIRST_MS, sent - OVERLAP_MS))
  const until = await boundOf(api, since, sent)
  const runs = await allPages(api, 'dag_runs', listPath('/dags/~/dagRuns', since, until, true))
  const tasks = await allPages(
    api,
    'task_instances',
    listPath('/dags/~/dagRuns/~/taskInstances', since, until, api.isNew),
  )
  const wantsNames = Math.abs(sent - (before?.namesAt ?? 0)) >= NAMES_EACH_MS
  const dags = wantsNames ? await allPages(api, 'dags', '/dags?order_by=dag_id') : null
  return {
    about: api.about,
    told: [...runs.flatMap(dagRunTold), ...tasks.flatMap(taskTold)].sort((a, b) => a.at - b.at),
    names: dags?.filter((dag) => dag.is_paused !== true).map((dag) => textIn(dag.dag_id)) ?? null,
    ...(dags && {
      holds: new Map(dags.map((dag) => [textIn(dag.dag_id), dag.is_paused === true ? 'held' : 'none'] as const)),
    }),
    cursor: { at: Math.min(until ?? sent, sent - OVERLAP_MS), namesAt: wantsNames ? sent : (before?.namesAt ?? 0) },
    complete: before !== null && before.at >= sent - OLDEST_MS,
    more: until !== null,
    sent: api.date,
  }
}

type Api = { get(path: string): Promise<Answered>; about: string; isNew: boolean; date: number | null }

/** Version 2 of its API where it has it, else 1; by a token, or by a user and a password as that version takes them. */
const connect = async (ask: Ask, { user, password, token }: AirflowConfig): Promise<Api> => {
  const own = user && password ? basic(user, password) : null
  const asked = (authorization: string | null): Asked => (authorization ? { headers: { authorization } } : {})
  const given = token ? `Bearer ${token}` : own
  const newer = await ask('/api/v2/version', { ...asked(token ? given : null), also: [401, 403, 404, 405] })
  if (newer.status === 200) {
    const authorization = token ? given : await tokenOf(ask, { username: user, password })
    return api(ask, { path: '/api/v2', authorization, version: newer })
  }
  const older = await ask('/api/v1/version', asked(given))
  return api(ask, { path: '/api/v1', authorization: given, version: older })
}

const api = (
  ask: Ask,
  { path, authorization, version }: { path: string; authorization: string | null; version: Answered },
): Api => {
  const { json } = version
  if (!isObject(json) || !textIn(json.version))
    throw new SchedulerError('its answer names no version: the address is not that of Airflow')
  const headers: Record<string, string> = authorization ? { authorization } : {}
  return {
    get: (rest) => ask(`${path}${rest}`, { headers }),
    about: `Airflow ${textIn(json.version)}`,
    isNew: path === '/api/v2',
    date: version.date,
  }
}

const tokenOf = async (ask: Ask, json: Record<string, unknown>): Promise<string> => {
  const { json: answer } = await ask('/auth/token', { method: 'POST', json })
  const token = isObject(answer) ? textIn(answer.access_token) : ''
  if (!token)
    throw new SchedulerError(
      '/auth/token answers no access_token: its way of signing in takes no password here; give a token',
    )
  return `Bearer ${token}`
}

const listPath = (path: string, since: number, until: number | null, isOrdered: boolean): string => {
  const iso = (ms: number) => encodeURIComponent(Temporal.Instant.fromEpochMilliseconds(ms).toString())
  // By their ids: a row that changes meanwhile moves none of the others, and is met again next time.
  return `${path}?updated_at_gte=${iso(since)}${until === null ? '' : `&updated_at_lte=${iso(until)}`}${isOrdered ? '&order_by=id' : ''}`
}

/** Until when to read, where it is too much for one look; null: all. What the next look reads again anyway is not cut. */
const boundOf = async (api: Api, since: number, sent: number): Promise<number | null> => {
  let until: number | null = null
  for (;;) {
    const path = listPath('/dags/~/dagRuns/~/taskInstances', since, until, api.isNew)
    const { total } = pageOf((await api.get(`${path}&limit=1`)).json, 'task_instances')
    const half: number = Math.ceil(((until ?? sent) - since) / 2)
    if (total <= MOST_ROWS || half < SHORTEST_MS || since + half > sent - OVERLAP_MS) return until
    until = since + half
  }
}

const allPages = async (api: Api, list: string, path: string): Promise<Json[]> => {
  const rows: Json[] = []
  const isNew = noPageTwice(path.replace(/\?.*$/, ''))
  for (;;) {
    const mark = path.includes('?') ? '&' : '?'
    const page = pageOf((await api.get(`${path}${mark}limit=${PAGE}&offset=${rows.length}`)).json, list)
    for (const row of page.rows) rows.push(row)
    // It may give fewer at once than it is asked for.
    if (page.rows.length === 0 || rows.length >= page.total) return rows
    isNew(page.rows)
  }
}
