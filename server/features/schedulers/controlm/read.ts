import { startAtWall } from '../../../platform/wall-clock.ts'
import { type Json, textIn } from '../../imports/index.ts'
import type { Estimate, Told } from '../define-scheduler.ts'

/** What the Automation API says of the jobs of the active list, and of its services. Pure. */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * A time as one version or another writes it, by the clock of Control-M: `20261123220001`, `2026-11-23 22:00:01`,
 * `Nov 23, 2026 10:00:01 PM`. Epoch milliseconds; null for none.
 */
export const momentIn = (value: unknown, zone: string): number | null => {
  const text = textIn(Array.isArray(value) ? value[0] : value).trim()
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(text))
    return Number.isFinite(Date.parse(text)) ? Date.parse(text) : null
  const packed = /^(\d{4})[-/]?(\d\d)[-/]?(\d\d)[T ]?(\d\d):?(\d\d):?(\d\d)?$/.exec(text)
  if (packed)
    return atWall(
      zone,
      packed.slice(1).map((part) => Number(part ?? 0)),
    )
  const spelled = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d)(?::(\d\d))? ([AP]M)$/.exec(text)
  if (!spelled) return null
  const [, month = '', day, year, hour, minute, second = '0', half] = spelled
  const hours = (Number(hour) % 12) + (half === 'PM' ? 12 : 0)
  return atWall(zone, [Number(year), months.indexOf(month) + 1, Number(day), hours, Number(minute), Number(second)])
}

const atWall = (
  zone: string,
  [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: number[],
): number | null => {
  if (year < 2000 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23) return null
  return startAtWall(zone, Date.UTC(year, month - 1, day, hour, minute, second))
}

/** As its importer knows it: server, folders, name. */
export const nameOf = (status: Json): string => {
  const [name, folder] = [textIn(status.name), textIn(status.folder)]
  const isFolder = /folder|table/i.test(textIn(status.type))
  const path = [...folder.split('/'), ...(isFolder && folder.split('/').at(-1) === name ? [] : [name])]
  return [textIn(status.ctm), ...path].filter(Boolean).join('/')
}

const ends: Record<string, 'success' | 'fail'> = { 'Ended OK': 'success', 'Ended Not OK': 'fail' }

export const statusTold = (status: Json, zone: string): Told[] => {
  const state = textIn(status.status)
  const began = momentIn(status.startTime, zone)
  if (began === null || (state !== 'Executing' && !ends[state])) return []
  const name = nameOf(status)
  // A job that runs again, by hand or in a cycle, keeps its id and begins anew.
  const run = `controlm ${textIn(status.jobId)} ${began}`
  const host = textIn(status.host)
  const shared = { name, run, ...(host ? { host } : {}) }
  const start: Told = { ...shared, kind: 'start', id: `${run} start`, at: began }
  const [kind, at] = [ends[state], momentIn(status.endTime, zone)]
  if (!kind || at === null) return [start]
  const date = textIn(status.orderDate)
  return [start, { ...shared, kind, id: `${run} end`, at, ...(date ? { note: `Order date ${date}.` } : {}) }]
}

/** Whether the newest order of each job is held, before it has ended. */
export const holdsIn = (statuses: readonly Json[]): Map<string, 'held' | 'none'> => {
  const known = statuses.filter((s) => textIn(s.deleted) !== 'true')
  const inOrder = known.toSorted((a, b) => textIn(a.orderDate).localeCompare(textIn(b.orderDate)))
  return new Map(
    inOrder.map((s) => [nameOf(s), textIn(s.held) === 'true' && !ends[textIn(s.status)] ? 'held' : 'none']),
  )
}

/** What Control-M expects of a job that has not ended. */
export const statusEstimate = (status: Json, zone: string): Estimate[] => {
  const state = textIn(status.status)
  const expectedEnd = momentIn(status.estimatedEndTime, zone)
  if (expectedEnd === null || ends[state]) return []
  return [
    {
      service: '',
      date: textIn(status.orderDate),
      job: nameOf(status),
      expectedEnd,
      due: null,
      status: state,
      said: {},
    },
  ]
}

const shown: Record<string, string> = {
  slackTime: 'Slack',
  completionPercentage: 'Complete, per cent',
  jobsWithoutStatistics: 'Jobs without statistics',
  statusReason: 'Why',
  note: 'Note',
}

/** What Control-M expects of one of its services; its last job is named by its id or by its name. */
export const serviceEstimate = (service: Json, statuses: readonly Json[], zone: string): Estimate[] => {
  const key = textIn(service.serviceJob)
  const server = textIn(service.serviceControlM)
  const job =
    statuses.find((s) => textIn(s.jobId) === key || textIn(s.jobId) === `${server}:${key}`) ??
    statuses.find((s) => textIn(s.name) === key && (!server || textIn(s.ctm) === server))
  if (!job) return []
  const said = Object.entries(shown).flatMap(([field, label]) => {
    const value = textIn(service[field]).slice(0, 200)
    return value ? [[label, value] as const] : []
  })
  return [
    {
      service: textIn(service.serviceName),
      date: textIn(service.scheduledOrderDate),
      job: nameOf(job),
      expectedEnd: momentIn(service.endTime, zone),
      due: momentIn(service.dueTime, zone),
      status: textIn(service.status),
      said: Object.fromEntries(said),
    },
  ]
}
