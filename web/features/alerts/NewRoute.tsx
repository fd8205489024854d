import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { routeKeys, useRoutes } from './data.ts'
import { RouteEditor } from './RouteEditor.tsx'
import { newRouteDraft, type RouteDraft, routeFields } from './route-draft.ts'

/** Add a route: it is tried after all others, until it is moved. */
export function NewRoute() {
  const navigate = useNavigate()
  const may = useMay('alert_route.write')
  const list = useRoutes()
  const refresh = useRefresh(routeKeys)
  const act = useAct((draft: RouteDraft) => api.alerts.routes.create(draft), {
    refresh: routeKeys,
    fields: routeFields,
    done: ({ id, name }) => {
      toast(`${name} is added, and is tried last.`, {
        undo: async () => {
          await api.alerts.routes.delete({ id })
          await refresh()
        },
      })
      void navigate({ to: paths.routes() })
    },
  })
  if (may && list.data)
    return (
      <RouteEditor
        title="New route"
        chips={<span className="faint">it is tried after all others</span>}
        routes={list.data.items}
        start={newRouteDraft}
        act={act}
        save="Add it"
      />
    )
  return (
    <Page title="New route">
      {list.isError && !list.data ? (
        <Failed what="The routes could not be read." error={list.error} retry={() => void list.refetch()} />
      ) : list.data ? (
        <Empty title="You may not add routes.">An administrator may; ask one of them.</Empty>
      ) : (
        <Loading />
      )}
    </Page>
  )
}
