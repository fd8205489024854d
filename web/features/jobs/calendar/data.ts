import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { query } from '../../../api.ts'
import { refreshOn } from '../../../live.ts'
import { keyset } from '../../../ui/list.ts'
import type { Ask } from '../data.ts'

const { jobs } = query

refreshOn('job.', () => [jobs.calendar.key(), jobs.day.key()])

type MonthAsk = { month: string; cut: string; zone: string; jobId?: string }
export type DayAsk = { id: string; date: string; cut: string; zone: string }

/** A month of the jobs that are asked for, by name, page by page; undefined asks for nothing yet. */
export const useMonth = (ask: Ask | undefined, month: MonthAsk) =>
  useInfiniteQuery({
    ...jobs.calendar.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...ask, ...month, ...(cursor && { cursor }) }),
      ...keyset,
    }),
    enabled: ask !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })

export const useDay = (ask: DayAsk | undefined) => useQuery(jobs.day.queryOptions({ input: ask ?? skipToken }))
