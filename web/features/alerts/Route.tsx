import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { Ago } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { useParam } from '../../ui/url.ts'
import { routeKeys, useRoutes } from './data.ts'
import { RouteEditor } from './RouteEditor.tsx'
import styles from './Routes.module.css'
import { moveTo, type RouteDraft, routeDraftOf, routeFields } from './route-draft.ts'
import { decisionWords, placeWords } from './route-words.ts'
import { useRouteActs } from './use-route-acts.ts'
import type { AlertRoute } from './words.ts'

type Props = { route: AlertRoute; routes: readonly AlertRoute[] }

/** A route: to change for those who may, to read for others. */
export function Route() {
  const id = useParam('id')
  const may = useMay('alert_route.write')
  const list = useRoutes()
  const routes = list.data?.items
  const route = routes?.find((one) => one.id === id)
  if (route && routes)
    return may ? <EditRoute key={id} route={route} routes={routes} /> : <ReadRoute route={route} routes={routes} />
  return (
    <Page title="Route">
      {list.isError && !routes ? (
        <Failed what="The route could not be read." error={list.error} retry={() => void list.refetch()} />
      ) : routes ? (
        <Empty title="This route is not there any more." act={<Link to={paths.routes()}>Back to the routes</Link>}>
          Somebody has deleted it.
        </Empty>
      ) : (
        <Loading />
      )}
    </Page>
  )
}

function EditRoute({ route, routes }: Props) {
  const navigate = useNavigate()
  const refresh = useRefresh(routeKeys)
  const back = () => void navigate({ to: paths.routes() })
  const { move, remove } = useRouteActs({ deleted: back })
  const { id } = route
  const [before] = useState(() => routeDraftOf(route))
  const opened = useOpenedWith(route)
  const act = useAct((draft: RouteDraft) => api.alerts.routes.change({ id, ...draft }, opened), {
    refresh: routeKeys,
    fields: routeFields,
    done: ({ name }) => {
      toast(`${name} is changed.`, {
        undo: async () => {
          await api.alerts.routes.change({ id, ...before })
          await refresh()
        },
      })
      back()
    },
  })
  const [earlier, later] = [moveTo(routes, id, -1), moveTo(routes, id, 1)]
  const next = routes[routes.findIndex((one) => one.id === id) + 1]
  return (
    <RouteEditor
      title={`Edit ${route.name}`}
      routes={routes}
      id={id}
      start={before}
      act={act}
      save="Save"
      acts={
        <Act
          label="Delete"
          kind="danger"
          busy={remove.busy}
          run={() => remove.run({ route, before: next?.id ?? null })}
        />
      }
      foot={
        routes.length > 1 && (
          <>
            <span className={styles.place}>It {placeWords(routes, id)}.</span>
            <Button
              disabled={!earlier || move.busy}
              onClick={() => earlier && move.run({ ...earlier, name: route.name })}
            >
              Earlier
            </Button>
            <Button disabled={!later || move.busy} onClick={() => later && move.run({ ...later, name: route.name })}>
              Later
            </Button>
          </>
        )
      }
    />
  )
}

const ReadRoute = ({ route, routes }: Props) => (
  <Page title={route.name} chips={!route.enabled && <Status tone="off">disabled</Status>}>
    <Panel label="The route" pad>
      <Facts
        as="rows"
        of={[
          { label: 'Condition', value: <pre>{route.condition}</pre> },
          { label: 'Decides', value: decisionWords(route).join(' · ') },
          { label: 'Order', value: `It ${placeWords(routes, route.id)}.` },
          { label: 'Changed', value: <Ago at={route.updatedAt} /> },
        ]}
      />
    </Panel>
  </Page>
)
