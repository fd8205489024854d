import type { Environment } from '../../../contract/base.ts'
import type { MonitorState } from '../../../contract/monitors/words.ts'
import { cut } from '../../platform/text.ts'
import type { Signal } from '../alerts/index.ts'
import { reasonOf } from './advance.ts'

/** What of a monitor its signals carry. */
export type Told = {
  id: string
  name: string
  kind: string
  address: string
  environment: Environment
  /** Slug of its service. */
  service: string | null
  host: string | null
}

export type Change = {
  state: MonitorState
  from: MonitorState | null
  why: string
  message: string
  ms: number
  at: Temporal.Instant
}

/** All that a monitor reports is about one thing, so a change of severity is the same alert. */
export const dedupKeyOf = (monitorId: string): string => `monitor:${monitorId}`

const SUMMARY = 500
const WORD = 200

/** "Order gateway login is down: 3 of 3 looks failed, last: 10.0.0.5:8080 refused the connection". */
export const summaryOf = (name: string, { state, from, why, message, ms }: Omit<Change, 'at'>): string => {
  const reason = reasonOf(why, message)
  if (state === 'down') return `${name} is down: ${reason}`
  if (state === 'degraded') return `${name} is degraded: ${reason}`
  if (state === 'unknown') return `${name} cannot be looked at, which says nothing about it: ${reason}`
  return `${name} is up${from === null || from === 'unknown' ? '' : ' again'}: ${message}, ${Math.round(ms)} ms`
}

/** Production outweighs the rest; how much depends on the service is the desk's to say. */
const severityOf = (state: MonitorState, environment: Environment): Signal['severity'] => {
  const isProd = environment === 'prod'
  if (state === 'down') return isProd ? 'critical' : 'high'
  return isProd ? 'medium' : 'low'
}

const kinds = { down: 'firing', degraded: 'firing', unknown: 'blind', up: 'resolved' } as const

/** The signal that tells alerts of a monitor's change of state. */
export const signalOf = (monitor: Told, change: Change, baseUrl: string | undefined): Signal => ({
  kind: kinds[change.state],
  dedupKey: dedupKeyOf(monitor.id),
  at: change.at,
  severity: severityOf(change.state, monitor.environment),
  summary: cut(summaryOf(monitor.name, change), SUMMARY),
  told: cut(`${monitor.name}\n${change.message}`, SUMMARY),
  ...(monitor.service ? { service: monitor.service } : {}),
  ...(monitor.host && monitor.host.length <= WORD ? { host: monitor.host } : {}),
  environment: monitor.environment,
  labels: { monitor: monitor.name, check: monitor.kind, address: monitor.address },
  links: baseUrl ? [{ label: 'Monitor', url: `${baseUrl}/monitors/${monitor.id}` }] : [],
})
