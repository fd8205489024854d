import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { dismiss, toast } from '../../ui/toast.ts'
import { routeKeys, routesKey } from './data.ts'
import { routeDraftOf } from './route-draft.ts'
import { placeWords } from './route-words.ts'
import type { AlertRoute } from './words.ts'

/** Have a route tried earlier or later, disable or enable it, delete it. */
export const useRouteActs = (given: { deleted?: () => void } = {}) => {
  const client = useQueryClient()
  const refresh = useRefresh(routeKeys)
  const told = useRef(0)

  const move = useAct(
    ({ id, before }: { id: string; before: string | null; name: string }) => api.alerts.routes.move({ id, before }),
    {
      refresh: routeKeys,
      done: (moved, { id, name }) => {
        client.setQueryData(routesKey, moved)
        // One who moves it by five places is told once where it is.
        dismiss(told.current)
        told.current = toast(`${name} ${placeWords(moved.items, id)}.`)
      },
    },
  )
  const turn = useAct(({ id, on }: { id: string; on: boolean }) => api.alerts.routes.change({ id, enabled: on }), {
    refresh: routeKeys,
    done: ({ id, name }, { on }) =>
      toast(on ? `${name} is enabled.` : `${name} is disabled: it is not tried.`, {
        undo: async () => {
          await api.alerts.routes.change({ id, enabled: !on })
          await refresh()
        },
      }),
  })
  const remove = useAct(
    ({ route }: { route: AlertRoute; before: string | null }) => api.alerts.routes.delete({ id: route.id }),
    {
      refresh: routeKeys,
      done: (_, { route, before }) => {
        toast(`${route.name} is deleted.`, {
          undo: async () => {
            await api.alerts.routes.create({ ...routeDraftOf(route), before })
            await refresh()
          },
        })
        given.deleted?.()
      },
    },
  )
  return { move, turn, remove }
}
