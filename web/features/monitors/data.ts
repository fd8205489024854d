import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ListMonitorsInput, MonitorDetail, MonitorRow } from '../../../contract/monitors/index.ts'
import { query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { useMe } from '../../parts/frame-data.ts'
import { keyset } from '../../ui/list.ts'

export type { MonitorDetail, MonitorRow }
export type Ask = Partial<Omit<ListMonitorsInput, 'cursor' | 'limit'>>

const { monitors } = query

/** What a change of a monitor makes old. */
export const monitorKeys = [
  monitors.list.key(),
  monitors.counts.key(),
  monitors.read.key(),
  monitors.changes.key(),
  monitors.days.key(),
] as const

refreshOn('monitor.', () => [...monitorKeys, monitors.chart.key()])
// The ticket of an outage is shown beside it.
refreshOn('ticket.', () => [monitors.changes.key(), monitors.read.key()])

/** A look that changes nothing is no event, so what the last looks saw is read again by the clock. */
export const looksEvery = 10_000

/** The monitors that are asked for, the worst first, page by page; undefined asks for nothing yet. */
export const useMonitors = (ask: Ask | undefined) =>
  useInfiniteQuery({
    ...monitors.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...ask, limit: 100, ...(cursor && { cursor }) }),
      ...keyset,
    }),
    enabled: ask !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: looksEvery,
  })

export const useMonitorCounts = () => useQuery({ ...monitors.counts.queryOptions(), refetchInterval: 60_000 })

export const useMonitor = (id: string) =>
  useQuery({ ...monitors.read.queryOptions({ input: { id } }), refetchInterval: looksEvery })

/** All kinds of checks; they change only with a new version of Watchfloor. */
export const useKinds = () => useQuery({ ...monitors.kinds.queryOptions(), staleTime: Number.POSITIVE_INFINITY })

const refusals = {
  'monitor.write': 'You may look at monitors, not change them.',
  'job.write': 'You may look at jobs, not change them.',
  'action.run': 'You may look at jobs, not act on them.',
} as const

/** Why I may not change a monitor, change a job, or act on one of this team; undefined when I may. */
export const useWhyNot = (
  permission: keyof typeof refusals = 'monitor.write',
): ((team: { id: string } | null) => string | undefined) => {
  const me = useMe().data
  return useMemo(() => {
    const rows = me?.may[permission]
    const mine = new Set(me?.teams.map(({ id }) => id))
    return (team) => {
      if (!me || rows === 'all') return undefined
      if (!rows) return refusals[permission]
      if (team && mine.has(team.id)) return undefined
      return team
        ? 'This belongs to another team. Ask one of its people.'
        : 'It belongs to no team. Ask an administrator.'
    }
  }, [me, permission])
}
