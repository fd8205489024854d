import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { TicketDetail, TicketRow } from '../../../contract/desk/shapes.ts'
import { query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useIncidents } from '../../parts/incidents.ts'
import { useNow } from '../../ui/now.ts'
import { millis } from '../../ui/time.ts'
import { mostPressing, pressing } from './order.ts'

const { alerts, calendars, catalog, chains, desk, jobs, monitors, notify, oncall, system } = query

for (const prefix of ['ticket.', 'page.'])
  refreshOn(prefix, () => [desk.list.key(), desk.counts.key(), desk.get.key(), desk.atRisk.key()])
for (const prefix of ['health.', 'alert.', 'silence.', 'maintenance.', 'monitor.', 'service.'])
  refreshOn(prefix, () => [alerts.counts.key(), alerts.health.key(), monitors.list.key(), monitors.counts.key()])
for (const prefix of ['schedule.', 'override.']) refreshOn(prefix, () => [oncall.onCall.key(), oncall.shifts.key()])
refreshOn('job.', () => [jobs.atRisk.key()])
refreshOn('deadline.', () => [chains.list.key()])
refreshOn('contact.', () => [notify.contacts.key()])
for (const prefix of ['source.', 'service.'])
  refreshOn(prefix, () => [alerts.sources.key(), catalog.services.list.key()])
refreshOn('', () => [system.events.key()])

/** What changes with the time alone (a clock runs out, a hand-over comes) is no event, so it is read again each minute. */
const refetchInterval = 60_000

export type Hurt = TicketDetail['hurt']

/** Who is hurt by each of the tickets that may be shown first, by ticket id; absent until it is known. */
export const useHurt = (incidents: readonly TicketRow[]): ReadonlyMap<string, Hurt> => {
  const asked = mostPressing(incidents)
  return useQueries({
    queries: asked.map(({ id }) => ({ ...desk.get.queryOptions({ input: { id } }), staleTime: 60_000 })),
    combine: (found) => new Map(found.flatMap(({ data }) => (data ? [[data.id, data.hurt] as const] : []))),
  })
}

/** The incidents in the order of the floor: by priority, by who is hurt, by the time that is left. */
export const useBroken = () => {
  const incidents = useIncidents()
  const hurt = useHurt(incidents.data?.items ?? [])
  return { incidents, hurt, rows: pressing(incidents.data?.items ?? [], hurt) }
}

/** A ping is no event, so what comes late, or comes after all, is seen by asking; as often as the list of jobs does. */
const pingsEvery = 10_000

/** Deadlines that will not be made, jobs that are late, tickets whose clock runs out soon; undefined until all are known. */
export const useRisks = () => {
  const late = useQuery({ ...jobs.atRisk.queryOptions(), refetchInterval: pingsEvery })
  const clocks = useQuery({ ...desk.atRisk.queryOptions(), refetchInterval })
  const deadlines = useQuery({
    ...chains.list.queryOptions({ input: { view: 'trouble', limit: 50 } }),
    refetchInterval: pingsEvery,
  })
  return {
    deadlines: deadlines.data?.items,
    jobs: late.data?.items,
    tickets: clocks.data?.items,
    error: late.error ?? clocks.error ?? deadlines.error,
    retry: () => void Promise.all([late.refetch(), clocks.refetch(), deadlines.refetch()]),
  }
}

export const useHeld = () => useQuery({ ...alerts.counts.queryOptions(), refetchInterval })

/** Health of what runs in production, with its last 24 hours. */
export const useHealth = () =>
  useQuery({ ...alerts.health.list.queryOptions({ input: { environment: 'prod', limit: 300 } }), refetchInterval })

/** Monitors that cannot look, or that nobody looks at though somebody should. */
export const useBlindMonitors = () =>
  useQuery({ ...monitors.list.queryOptions({ input: { state: 'unknown', limit: 20 } }), refetchInterval })

export const useHappened = () => useQuery({ ...system.events.queryOptions({ input: { limit: 120 } }), refetchInterval })

export const useWhoHasIt = () => useQuery({ ...oncall.onCall.queryOptions(), refetchInterval })

const quarter = 15 * 60_000

/** Schedules that mean to have somebody on call now, and have nobody; outside of its hours a schedule misses nobody. */
export const useUnmanned = (): ReadonlySet<string> => {
  const now = Math.floor(useNow() / quarter) * quarter
  const from = new Date(now).toISOString()
  const to = new Date(now + 2 * quarter).toISOString()
  const shifts = useQuery({
    ...oncall.shifts.queryOptions({ input: { from, to } }),
    refetchInterval,
    placeholderData: keepPreviousData,
  })
  const at = useNow()
  return useMemo(
    () =>
      new Set(
        (shifts.data?.items ?? [])
          .filter(({ gaps }) => gaps.some((gap) => !gap.outsideHours && millis(gap.from) <= at && at < millis(gap.to)))
          .map(({ schedule }) => schedule.id),
      ),
    [shifts.data, at],
  )
}

/** Up to three venues with when each opens or closes next. */
export const useMarkets = () => {
  const list = useQuery({ ...calendars.list.queryOptions({ input: { kind: 'market', limit: 3 } }), refetchInterval })
  return useQueries({
    queries: (list.data?.items ?? []).map(({ id }) => ({
      ...calendars.read.queryOptions({ input: { id } }),
      refetchInterval,
    })),
    combine: (found) => found.flatMap(({ data }) => (data ? [data] : [])),
  })
}

/** What has been set up so far, out of what there is; undefined until all of it is known. */
export const useSetUp = () => {
  const counts = useQuery(monitors.counts.queryOptions()).data
  const sources = useQuery(alerts.sources.list.queryOptions({ input: { limit: 50 } })).data?.items
  const services = useQuery(catalog.services.list.queryOptions({ input: { limit: 1 } })).data?.items
  const onCall = useWhoHasIt().data?.items
  const contacts = useQuery({
    ...notify.contacts.queryOptions({ input: {} }),
    enabled: useMay('contact.read') !== undefined,
  }).data
  if (!counts || !sources || !services || !onCall || !contacts) return undefined
  return {
    reached: contacts.methods.some(({ verifiedAt, disabledReason }) => verifiedAt !== null && disabledReason === null),
    services: services.length > 0,
    onCall: onCall.some(({ people }) => people.length > 0),
    monitors: counts.all > 0,
    sources: sources.some(({ builtIn }) => !builtIn),
  }
}
export type SetUp = NonNullable<ReturnType<typeof useSetUp>>
