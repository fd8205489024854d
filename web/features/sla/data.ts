import { useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { refreshOn } from '../../live.ts'

refreshOn('sla.policy_', () => slaKeys)

/** What a write to a policy makes old. */
export const slaKeys = [query.sla.list.key(), query.sla.read.key()] as const

export const useSlaPolicies = () => useQuery(query.sla.list.queryOptions())

/** Choosing one needs them all; beyond 200 there is the search of the field. */
export const useUnits = () => useQuery(query.catalog.businessUnits.list.queryOptions({ input: { limit: 200 } }))
export const useSupportCalendars = () =>
  useQuery(query.calendars.list.queryOptions({ input: { limit: 200, kind: 'support' } }))
