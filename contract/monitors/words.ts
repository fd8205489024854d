import { z } from 'zod'

/** The words of monitors, as code, API and pages use them. */

export const monitorStates = ['down', 'degraded', 'unknown', 'up'] as const
export const monitorState = z.enum(monitorStates)
export type MonitorState = (typeof monitorStates)[number]

/** As a page shows it, the worst first: a paused monitor has no state that anybody vouches for. */
export const monitorStatuses = [...monitorStates, 'paused'] as const
export const monitorStatus = z.enum(monitorStatuses).meta({
  description: 'unknown: we could not look, or nobody has looked for too long; it says nothing about the target',
})
export type MonitorStatus = (typeof monitorStatuses)[number]

/** unobserved: Watchfloor itself was not looking. */
export const spanState = z.enum(['up', 'degraded', 'down', 'unknown', 'unobserved'])
export type SpanState = z.output<typeof spanState>

export const lookOutcome = z.enum(['ok', 'degraded', 'failed', 'blind'])
