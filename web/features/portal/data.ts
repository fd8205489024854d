import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { useAct } from '../../parts/use-act.ts'
import { keyset } from '../../ui/list.ts'
import { toast } from '../../ui/toast.ts'

const disturbanceKeys = () => [query.desk.disturbances.key(), query.desk.disturbance.key()]
refreshOn('ticket.', disturbanceKeys)

/** What I asked for and what I follow, newest first. */
export const useMine = () =>
  useInfiniteQuery(
    query.desk.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ view: 'recent' as const, cursor, limit: 50 }),
      ...keyset,
    }),
  )

/** Known trouble. Others' tickets tell me nothing by the live feed, so it is looked at each half minute. */
export const useDisturbances = () => useQuery({ ...query.desk.disturbances.queryOptions(), refetchInterval: 30_000 })

export const useDisturbance = (id: string) =>
  useQuery({ ...query.desk.disturbance.queryOptions({ input: { id } }), refetchInterval: 30_000 })

/** Says of a disturbance that it hurts me too, or takes that back. */
export const useHurtsMe = (done?: (number: string) => void) => {
  const client = useQueryClient()
  const read = () => {
    for (const queryKey of disturbanceKeys()) void client.invalidateQueries({ queryKey })
  }
  const leave = useAct((id: string) => api.desk.leaveDisturbance({ id }), { done: read })
  const join = useAct((id: string) => api.desk.joinDisturbance({ id }), {
    done: ({ disturbance: { number, service } }) => {
      read()
      toast(`You hear from us about ${service.name}.`, {
        undo: () => api.desk.leaveDisturbance({ id: number }).then(read),
      })
      done?.(number)
    },
  })
  return { join, leave }
}
