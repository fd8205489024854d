import { z } from 'zod'

/** The words of alerts, as code, API and pages use them. */

/** The most severe first. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const
export const severity = z.enum(severities, 'must be critical, high, medium, low or info')
export type Severity = (typeof severities)[number]

export const alertStatuses = ['firing', 'resolved', 'expired', 'blind'] as const
export const alertStatus = z
  .enum(alertStatuses)
  .meta({ description: 'expired: the sender went silent; blind: the sender could not look' })
export type AlertStatus = (typeof alertStatuses)[number]

export const openStatuses = ['firing', 'blind'] as const satisfies readonly AlertStatus[]
export const isOpenAlert = (status: AlertStatus): boolean => (openStatuses as readonly AlertStatus[]).includes(status)

export const signalKinds = ['firing', 'resolved', 'acknowledged', 'comment', 'blind', 'change', 'heartbeat'] as const
export const signalKind = z.enum(signalKinds)
export type SignalKind = (typeof signalKinds)[number]

export const healthStates = ['ok', 'degraded', 'down', 'unknown', 'unobserved'] as const
export const healthState = z.enum(healthStates).meta({
  description: 'unknown: it was watched, but could not be looked at; unobserved: nothing watched it',
})
export type HealthState = (typeof healthStates)[number]

export const healthWords: Record<HealthState, string> = {
  ok: 'up',
  degraded: 'degraded',
  down: 'down',
  unknown: 'unknown',
  unobserved: 'not watched',
}

/** Of the built-in sources through which our own monitors and jobs report. */
export const monitorsKind = 'monitors'
export const jobsKind = 'jobs'
export const isBuiltInSource = (kind: string): boolean => kind === monitorsKind || kind === jobsKind
