import { skipToken, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { serviceHealth } from '../../../contract/alerts/health.ts'
import { type HealthState, healthWords } from '../../../contract/alerts/words.ts'
import { query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { useMay } from '../../parts/frame-data.ts'
import type { Tone } from '../../ui/Marks.tsx'
import type { StripCell, StripState } from '../../ui/strip.ts'
import type { Environment } from './words.ts'

export type Health = z.output<typeof serviceHealth>

const healthKey = query.alerts.health.key()
for (const prefix of ['service.', 'host.', 'unit.']) refreshOn(prefix, () => [query.catalog.key()])
for (const prefix of ['health.', 'alert.', 'monitor.', 'maintenance.', 'service.']) refreshOn(prefix, () => [healthKey])
refreshOn('policy.', () => [query.oncall.policies.key()])
refreshOn('calendar.', () => [query.calendars.read.key()])

/** What a write to the catalogue makes old. */
export const catalogKeys = [query.catalog.key()] as const

/** How a state is shown. Nothing is green that nobody looked at. */
export const healthTone: Record<HealthState, Tone> = {
  ok: 'ok',
  degraded: 'warn',
  down: 'down',
  unknown: 'blind',
  unobserved: 'off',
}
const stripState: Record<HealthState, StripState> = {
  ok: 'ok',
  degraded: 'warn',
  down: 'down',
  unknown: 'blind',
  unobserved: 'none',
}

/** The worst first; what nobody watches comes last. */
export const healthRank = (state: HealthState | undefined): number =>
  ['down', 'degraded', 'unknown', 'ok', 'unobserved'].indexOf(state ?? 'unobserved')

const cellMillis = 15 * 60_000

/** The last 24 hours, a cell for each quarter of an hour. */
export const cellsOf = (strip: Health['strip'], from: string): StripCell[] => {
  const start = Date.parse(from)
  return strip
    .flatMap(({ state, cells }) => Array.from({ length: cells }, () => state))
    .map((state, index) => ({
      from: start + index * cellMillis,
      to: start + (index + 1) * cellMillis,
      state: stripState[state],
      words: healthWords[state],
    }))
}

/**
 * Health of the services, by service and environment. Undefined for those who may not see it, and while it is not
 * known: then nothing is said of health at all.
 */
export const useHealth = (serviceId?: string) => {
  const may = useMay('floor.read') !== undefined
  const { data } = useQuery({
    ...query.alerts.health.list.queryOptions({ input: may ? { limit: 500, serviceId } : skipToken }),
    // Time goes on in the strips though nothing happens.
    refetchInterval: 60_000,
  })
  if (!data) return undefined
  const of = (id: string, environment?: Environment): Health | undefined =>
    data.items.find((one) => one.service.id === id && one.environment === (environment ?? 'prod')) ??
    (environment ? undefined : data.items.find((one) => one.service.id === id))
  return { of, from: data.from }
}

export type HealthOf = NonNullable<ReturnType<typeof useHealth>>

/** All escalation policies: there are few, and which one a service has stands with the policy. */
export const usePolicies = () =>
  useQuery(query.oncall.policies.queryOptions({ input: useMay('schedule.read') ? { limit: 200 } : skipToken }))
