import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type api, query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { keyset } from '../../ui/list.ts'

const { alerts } = query

refreshOn('alert.', () => [alerts.list.key(), alerts.read.key(), alerts.counts.key(), alerts.silences.list.key()])
for (const prefix of ['silence.', 'maintenance.']) refreshOn(prefix, () => [...holdKeys, ...alertKeys])
refreshOn('ticket.', () => [alerts.list.key(), alerts.read.key()])
refreshOn('page.', () => [alerts.read.key()])
refreshOn('source.', () => sourceKeys)
refreshOn('alert_route.', () => routeKeys)

/** What a write to an alert makes old. */
export const alertKeys = [alerts.list.key(), alerts.read.key(), alerts.counts.key()] as const
/** What a write to a silence or a maintenance window makes old. */
export const holdKeys = [alerts.silences.key(), alerts.maintenance.key()] as const
export const sourceKeys = [alerts.sources.key()] as const
export const routeKeys = [alerts.routes.key()] as const

/** Occurrences are no events, so what counts them is read again by the clock. */
export const factsEvery = 30_000

export const useAlertCounts = () => useQuery({ ...alerts.counts.queryOptions(), refetchInterval: factsEvery })

type Ask = Parameters<typeof api.alerts.list>[0]

/** The alerts that are asked for, page by page; undefined asks for nothing yet. */
export const useAlerts = (ask: Ask | undefined) =>
  useInfiniteQuery({
    ...alerts.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...ask, limit: 100, ...(cursor && { cursor }) }),
      ...keyset,
    }),
    enabled: ask !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: factsEvery,
  })

export const useAlert = (id: string) =>
  useQuery({ ...alerts.read.queryOptions({ input: { id } }), refetchInterval: factsEvery })

/** Choosing one needs them all; beyond 200 there is the search of the field. */
export const useServices = () => useQuery(query.catalog.services.list.queryOptions({ input: { limit: 200 } }))
export const useTeams = () => useQuery(query.identity.teams.list.queryOptions({ input: { limit: 200 } }))
/** All escalation policies: there are few. */
export const usePolicies = () => useQuery(query.oncall.policies.queryOptions({ input: { limit: 200 } }))
export const useSources = () => useQuery(alerts.sources.list.queryOptions({ input: { limit: 200 } }))
export const useKinds = () => useQuery(alerts.sources.kinds.queryOptions())
export const useSource = (id: string) =>
  useQuery({ ...alerts.sources.read.queryOptions({ input: { id } }), refetchInterval: factsEvery })
/** What it sent last; what arrives is no event, so it is read again by the clock, often while somebody waits for it. */
export const useSamples = (id: string, every = factsEvery) =>
  useQuery({ ...alerts.sources.samples.queryOptions({ input: { id } }), refetchInterval: every })

/** In the order in which they are tried. */
export const routesKey = alerts.routes.list.queryKey({ input: {} })
export const useRoutes = () => useQuery(alerts.routes.list.queryOptions({ input: {} }))
