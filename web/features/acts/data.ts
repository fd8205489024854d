import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { ActionKinds, JobAct, Offer, Offers, SchedulerAction } from '../../../contract/acts/index.ts'
import { query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { keyset } from '../../ui/list.ts'

export type { ActionKinds, JobAct, Offer, Offers, SchedulerAction }

const { acts } = query

export const actionKeys = [acts.listActions.key(), acts.readAction.key(), acts.offers.key()] as const
/** What an act on a job makes old. */
export const actKeys = [acts.offers.key(), acts.listActs.key()] as const
export const handOverKeys = [acts.readHandOver.key(), acts.handOvers.key()] as const

refreshOn('scheduler_action.', () => [...actionKeys])
refreshOn('job.act_', () => [...actKeys])
refreshOn('job.hand', () => [...handOverKeys])

/** What may be done to a job now, and what hangs on it; undefined asks for nothing. */
export const useOffers = (jobId: string) => useQuery(acts.offers.queryOptions({ input: { id: jobId } }))

export const useActs = (jobId: string) =>
  useInfiniteQuery(
    acts.listActs.infiniteOptions({
      input: (cursor: string | undefined) => ({ id: jobId, limit: 10, ...(cursor && { cursor }) }),
      ...keyset,
    }),
  )

export const useHandOver = (jobId: string) => useQuery(acts.readHandOver.queryOptions({ input: { id: jobId } }))

export const useActions = () =>
  useInfiniteQuery(
    acts.listActions.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 100, ...(cursor && { cursor }) }),
      ...keyset,
    }),
  )

export const useAction = (id: string) => useQuery(acts.readAction.queryOptions({ input: { id } }))

/** Kinds of actions; they change only with a new version or setting of the server. */
export const useActionKinds = () => useQuery({ ...acts.kinds.queryOptions(), staleTime: Number.POSITIVE_INFINITY })
