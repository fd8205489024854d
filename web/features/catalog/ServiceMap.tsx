import '@xyflow/react/dist/style.css'
import { useMantineColorScheme } from '@mantine/core'
import { skipToken, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Background, Controls, type Edge, MarkerType, ReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import type { ServiceMap as Graph } from '../../../contract/catalog/map.ts'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { useIsPhone } from '../../ui/list.ts'
import { Columns, Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { useHealth } from './data.ts'
import { HurtNow } from './map/HurtNow.tsx'
import { hurtBy } from './map/impact.ts'
import { nodeSize, placesOf } from './map/layout.ts'
import styles from './map/map.module.css'
import { type MapNode, ServiceNode } from './map/ServiceNode.tsx'
import { counted } from './words.ts'

const nodeTypes = { service: ServiceNode }

/** Which services need which, how each is, and whom it hurts when one breaks. */
export function ServiceMap() {
  const { around } = useSearch({ strict: false }) as { around?: string }
  const navigate = useNavigate()
  const may = useMay('host.read') !== undefined
  const phone = useIsPhone()
  const found = useQuery(query.catalog.services.map.queryOptions({ input: may ? { around } : skipToken }))
  const map = found.data
  const middle = map?.services.find(({ id }) => id === around)
  return (
    <Page
      title="Service map"
      fill={!phone}
      chips={
        map && (
          <>
            {middle && <Chip onRemove={() => void navigate({ to: paths.serviceMap() })}>around: {middle.name}</Chip>}
            <span className="faint">
              {counted(map.services.length, 'service')}
              {map.more && ', the most critical ones; look around one for the others'}
            </span>
          </>
        )
      }
      acts={<Act label="As a list" k="l" run={() => void navigate({ to: paths.services() })} />}
    >
      {!map && found.isError && (
        <Failed what="The map could not be loaded." error={found.error} retry={() => void found.refetch()} />
      )}
      {!map && !found.isError && <Loading lines={6} />}
      {map?.services.length === 0 && (
        <Empty title="Nothing depends on anything yet." act={<Link to={paths.services()}>Services</Link>}>
          Note on a service what it needs. Then one sees here what breaks when something breaks.
        </Empty>
      )}
      {map && map.services.length > 0 && <Drawn map={map} around={around} />}
    </Page>
  )
}

function Drawn({ map, around }: { map: Graph; around: string | undefined }) {
  const phone = useIsPhone()
  const health = useHealth()
  const scheme = useMantineColorScheme().colorScheme
  const broken = useMemo(
    () =>
      map.services.filter(({ id }) => ['down', 'degraded'].includes(health?.of(id)?.state ?? '')).map(({ id }) => id),
    [map, health],
  )
  const hurt = useMemo(() => hurtBy(map, broken), [map, broken])
  const { places, down } = useMemo(() => placesOf(map), [map])
  const names = new Map(map.services.map(({ id, name }) => [id, name]))
  const nodes: MapNode[] = map.services.map((service) => ({
    id: service.id,
    type: 'service',
    position: places.get(service.id) ?? { x: 0, y: 0 },
    ...nodeSize,
    data: {
      service,
      health: health?.of(service.id),
      needs: (hurt.get(service.id) ?? []).map((id) => names.get(id) ?? ''),
      middle: service.id === around,
      down,
    },
  }))
  const edges: Edge[] = map.edges.map(({ from, to }) => {
    const bad = broken.includes(to) || hurt.has(to)
    return {
      id: `${from} ${to}`,
      source: from,
      target: to,
      className: bad ? styles.badEdge : '',
      markerEnd: { type: MarkerType.ArrowClosed, color: bad ? 'var(--p1)' : 'var(--line-strong)' },
    }
  })
  return (
    <Columns of="minmax(0, 1fr) 300px" fill={!phone}>
      <Panel label="Map of the services" fill={phone ? false : 'full'}>
        <div className={styles.map}>
          <ReactFlow
            key={around ?? ''}
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            colorMode={scheme === 'auto' ? 'system' : scheme}
            fitView
            fitViewOptions={{ maxZoom: 1, padding: 0.03 }}
            minZoom={0.1}
            maxZoom={1.5}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            onlyRenderVisibleElements={map.services.length > 100}
          >
            <Background />
            <Controls showInteractive={false} />
          </ReactFlow>
        </div>
      </Panel>
      <HurtNow map={map} broken={broken} hurt={hurt} health={health} />
    </Columns>
  )
}
