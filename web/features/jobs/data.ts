import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type {
  JobDetail,
  JobRow,
  ListJobsInput,
  pingKeys,
  Run,
  RunBar,
  RunVerdict,
} from '../../../contract/jobs/index.ts'
import { query } from '../../api.ts'
import { refreshOn, refreshOnMove } from '../../live.ts'
import { keyset } from '../../ui/list.ts'

export type { JobDetail, JobRow, Run, RunBar }
export type PingKeys = z.output<typeof pingKeys>
export type Ask = Partial<Omit<ListJobsInput, 'cursor' | 'limit'>>

const { jobs } = query

/** What a change of a job makes old. */
export const jobKeys = [
  jobs.list.key(),
  jobs.counts.key(),
  jobs.read.key(),
  jobs.runs.key(),
  jobs.run.key(),
  jobs.pingKeys.key(),
] as const

refreshOn('job.', () => [...jobKeys])
// The ticket of a failure is shown beside it, and who has it.
refreshOn('ticket.', () => [jobs.read.key()])
refreshOn('alert.', () => [jobs.read.key()])

// A ping that changes nothing is no event; its job's page is told of it all the same.
refreshOnMove('job', (id) => [jobs.read, jobs.runs, jobs.run].map((one) => one.key({ input: { id } })))

/** In a list, and where too many came at once to be told, what came in is read again by the clock. */
const pingsEvery = 10_000

/** The jobs that are asked for, what needs somebody first, page by page; undefined asks for nothing yet. */
export const useJobs = (ask: Ask | undefined) =>
  useInfiniteQuery({
    ...jobs.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ ...ask, limit: 100, ...(cursor && { cursor }) }),
      ...keyset,
    }),
    enabled: ask !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: pingsEvery,
  })

export const useJobCounts = () => useQuery({ ...jobs.counts.queryOptions(), refetchInterval: 60_000 })

export const useJob = (id: string) =>
  useQuery({ ...jobs.read.queryOptions({ input: { id } }), refetchInterval: pingsEvery })

export type RunsAsk = { verdict?: RunVerdict; said?: string }

export const useRuns = (id: string, ask: RunsAsk = {}, limit = 60) =>
  useInfiniteQuery({
    ...jobs.runs.infiniteOptions({
      input: (cursor: string | undefined) => ({ id, limit, ...ask, ...(cursor && { cursor }) }),
      ...keyset,
    }),
    placeholderData: keepPreviousData,
    refetchInterval: pingsEvery,
  })

/** The ping keys of a team, for who may change its jobs; undefined asks for nothing. */
export const usePingKeys = (teamId: string | undefined) =>
  useQuery(jobs.pingKeys.queryOptions({ input: teamId === undefined ? skipToken : { teamId } }))
