import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Estimate, SchedulerDetail, SchedulerRow, SchedulerTest } from '../../../contract/schedulers/index.ts'
import { query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { useMe } from '../../parts/frame-data.ts'
import { keyset } from '../../ui/list.ts'
import type { JsonSchema } from '../../ui/schema.ts'

export type { Estimate, SchedulerDetail, SchedulerRow, SchedulerTest }
export type Kind = {
  kind: string
  title: string
  summary: string
  help: string
  setup: string
  schema: JsonSchema
}

const { schedulers } = query

/** What a change of a connection makes old. */
export const schedulerKeys = [schedulers.list.key(), schedulers.read.key(), schedulers.strangers.key()] as const

refreshOn('scheduler.', () => [...schedulerKeys])
refreshOn('job.imported', () => [...schedulerKeys])

/** A look that changes nothing is no event, so what it saw is read again by the clock. */
const looksEvery = 10_000

export const useSchedulers = () =>
  useInfiniteQuery({
    ...schedulers.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 100, ...(cursor && { cursor }) }),
      ...keyset,
    }),
    refetchInterval: looksEvery,
  })

export const useScheduler = (id: string) =>
  useQuery({ ...schedulers.read.queryOptions({ input: { id } }), refetchInterval: looksEvery })

export const useStrangers = (id: string) =>
  useInfiniteQuery({
    ...schedulers.strangers.infiniteOptions({
      input: (cursor: string | undefined) => ({ id, limit: 100, ...(cursor && { cursor }) }),
      ...keyset,
    }),
    refetchInterval: 60_000,
  })

/** All kinds; they change only with a new version of Watchfloor. */
export const useKinds = () => {
  const found = useQuery({ ...schedulers.kinds.queryOptions(), staleTime: Number.POSITIVE_INFINITY })
  return { ...found, items: found.data?.items as readonly Kind[] | undefined }
}

/** By when the schedulers themselves expect these jobs to end. */
export const useEstimates = (jobs: readonly string[]) =>
  useQuery({
    ...schedulers.estimates.queryOptions({ input: { jobs: [...jobs] } }),
    enabled: jobs.length > 0,
    refetchInterval: 30_000,
  })

/** Why I may not change a connection of this team; undefined when I may. */
export const useWhyNot = (team: { id: string } | null | undefined): string | undefined => {
  const me = useMe().data
  const rows = me?.may['scheduler.write']
  if (!me || rows === 'all') return undefined
  if (!rows) return 'You may not connect schedulers. A lead or an administrator may.'
  if (team === undefined || me.teams.some(({ id }) => id === team?.id)) return undefined
  return team ? 'This belongs to another team. Ask its lead.' : 'It is for all teams. Ask an administrator.'
}
