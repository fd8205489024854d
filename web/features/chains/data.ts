import { keepPreviousData, skipToken, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  BacktestAsk,
  BacktestFound,
  deadlineDetail,
  deadlineListRow,
  ListDeadlinesInput,
  night,
  nightJob,
  oddsOfJob,
  preFlight,
  whatIfAnswer,
} from '../../../contract/chains/index.ts'
import { api, query } from '../../api.ts'
import { refreshOn, refreshOnMove } from '../../live.ts'
import { keyset } from '../../ui/list.ts'
import { serverNow } from '../../ui/now.ts'

export type DeadlineRow = z.output<typeof deadlineListRow>
export type DeadlineDetail = z.output<typeof deadlineDetail>
export type Night = z.output<typeof night>
export type NightJob = z.output<typeof nightJob>
export type PreFlight = z.output<typeof preFlight>
export type WhatIfAnswer = z.output<typeof whatIfAnswer>
export type OddsOfJob = z.output<typeof oddsOfJob>
export type { BacktestFound }
export type Ask = Partial<Omit<ListDeadlinesInput, 'cursor' | 'limit'>>

const { chains } = query

/** What a change of a deadline makes old. */
export const chainKeys = [
  chains.list.key(),
  chains.counts.key(),
  chains.read.key(),
  chains.night.key(),
  chains.preFlight.key(),
  chains.oddsOnJobs.key(),
] as const

refreshOn('deadline.', () => [...chainKeys])
refreshOn('chain.', () => [chains.night.key(), chains.graph.key()])
// A run that begins or ends moves the nights of its chain.
refreshOn('job.', () => [chains.night.key(), chains.graph.key()])
// Who has the alert of a deadline is shown with it.
refreshOn('alert.', () => [chains.night.key()])

// A ping is no event, and a chain that goes on is looked at for what has moved.
refreshOnMove('deadline', (id) => [chains.night.key({ input: { id } })])

/** A prediction that changes no state is no event, so it is read again by the clock. */
const predictedEvery = 15_000

/** The deadlines that are asked for, what needs somebody first, page by page; undefined asks for nothing yet. */
export const useDeadlines = (ask: Ask | undefined) =>
  useInfiniteQuery({
    ...chains.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...ask, limit: 100, ...(cursor && { cursor }) }),
      ...keyset,
    }),
    enabled: ask !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: predictedEvery,
  })

/** The deadlines that hang on a job, what needs somebody first. */
export const useDeadlinesOn = (jobId: string) =>
  useQuery({
    ...chains.list.queryOptions({ input: { hangsOn: jobId, limit: 20 } }),
    placeholderData: keepPreviousData,
    refetchInterval: predictedEvery,
  })

const asked = 100

/** By job, the deadline that hangs on it and needs somebody first. Jobs come and go in a list, so that their order does not matter. */
export const useOddsOnJobs = (ids: readonly string[]): ReadonlyMap<string, OddsOfJob> => {
  const sorted = [...ids].sort()
  const parts = Array.from({ length: Math.ceil(sorted.length / asked) }, (_, n) =>
    sorted.slice(n * asked, (n + 1) * asked).join(),
  )
  return useQueries({
    queries: parts.map((jobs) => ({
      ...chains.oddsOnJobs.queryOptions({ input: { jobs } }),
      refetchInterval: predictedEvery,
    })),
    combine: byJob,
  })
}

const byJob = (answers: readonly { data?: { items: OddsOfJob[] } | undefined }[]) =>
  new Map(answers.flatMap(({ data }) => data?.items ?? []).map((one) => [one.job, one] as const))

export const useDeadlineCounts = () => useQuery({ ...chains.counts.queryOptions(), refetchInterval: 60_000 })

export const useDeadline = (id: string | undefined) =>
  useQuery(chains.read.queryOptions({ input: id === undefined ? skipToken : { id } }))

/** The chain of a deadline on a date, or on that of now. What is past does not change any more. */
export const useNight = (id: string, date: string | undefined) =>
  useQuery({
    ...chains.night.queryOptions({ input: { id, ...(date && { date }) } }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.words.doneAt ? 4 * predictedEvery : predictedEvery),
  })

export const usePreFlight = (date: string | undefined, teamId: string | undefined) =>
  useQuery({
    ...chains.preFlight.queryOptions({ input: { ...(date && { date }), ...(teamId && { teamId }) } }),
    placeholderData: keepPreviousData,
  })

/** When each was asked for: whoever comes back to one that goes on sees how long it has. */
const backtestsBegun = new Map<string, number>()
const hour = 3_600_000

/**
 * The nights on record played again: it takes seconds, and the past does not change. It goes on when its page is left, and
 * is there when somebody comes back.
 */
export const useBacktest = (ask: BacktestAsk) => {
  const key = JSON.stringify(ask)
  const found = useQuery({
    queryKey: chains.backtest.queryKey({ input: ask }),
    queryFn: () => {
      backtestsBegun.set(key, serverNow())
      return api.chains.backtest(ask)
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: hour,
    refetchOnWindowFocus: false,
    retry: false,
  })
  return { found, begunAt: backtestsBegun.get(key) ?? serverNow() }
}

export const useJobGraph = (id: string, up: number, down: number) =>
  useQuery({
    ...chains.graph.queryOptions({ input: { id, up, down } }),
    placeholderData: keepPreviousData,
  })
