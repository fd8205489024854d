import '@xyflow/react/dist/style.css'
import { useMantineColorScheme } from '@mantine/core'
import { Background, Controls, type Edge, MarkerType, ReactFlow } from '@xyflow/react'
import { useMemo, useState } from 'react'
import type { ServiceMap } from '../../../../contract/catalog/map.ts'
import type { HealthOf } from '../data.ts'
import { tiedTo } from './impact.ts'
import { nodeSize, placesOf } from './layout.ts'
import styles from './map.module.css'
import { type MapNode, ServiceNode } from './ServiceNode.tsx'

/** So many can be read at once on a usual screen. */
const fitting = 60

const nodeTypes = { service: ServiceNode }

type Props = {
  map: ServiceMap
  chosen: string | undefined
  broken: readonly string[]
  /** By service, the broken ones that it needs. */
  hurt: ReadonlyMap<string, readonly string[]>
  health: HealthOf | undefined
}

/** The picture. What one points at stands out with all that it is tied to. */
export function Drawn({ map, chosen, broken, hurt, health }: Props) {
  const scheme = useMantineColorScheme().colorScheme
  const [pointed, setPointed] = useState<string>()
  const places = useMemo(() => placesOf(map), [map])
  const tied = useMemo(() => (pointed ? tiedTo(map, pointed) : undefined), [map, pointed])
  const names = new Map(map.services.map(({ id, name }) => [id, name]))
  const nodes: MapNode[] = map.services.map((service) => ({
    id: service.id,
    type: 'service',
    // The lines of trouble are above the other lines, and below all names.
    zIndex: 2,
    position: places.get(service.id) ?? { x: 0, y: 0 },
    ...nodeSize,
    data: {
      service,
      health: health?.of(service.id),
      needs: (hurt.get(service.id) ?? []).map((id) => names.get(id) ?? ''),
      chosen: service.id === chosen,
      dim: tied !== undefined && !tied.has(service.id),
    },
  }))
  const edges: Edge[] = map.edges.map(({ from, to }) => {
    const bad = broken.includes(to) || hurt.has(to)
    const lit = tied?.has(from) && tied.has(to)
    return {
      id: `${from} ${to}`,
      source: from,
      target: to,
      className: [bad && styles.badEdge, lit && styles.lit, tied && !lit && styles.dimEdge].filter(Boolean).join(' '),
      zIndex: bad || lit ? 1 : 0,
      markerEnd: { type: MarkerType.ArrowClosed, color: bad ? 'var(--p1)' : 'var(--line-strong)' },
    }
  })
  // However many there are, one can read where one starts; if they cannot all be seen so, that is where it hurts.
  const first =
    broken.length > 0 && map.services.length > fitting ? [...broken, ...hurt.keys()].map((id) => ({ id })) : undefined
  const point = (target: EventTarget) =>
    setPointed(target instanceof Element ? target.closest<HTMLElement>('[data-id]')?.dataset.id : undefined)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only follows the focus of the links within
    <div className={styles.map} onFocus={({ target }) => point(target)} onBlur={() => setPointed(undefined)}>
      <ReactFlow
        // Another part of the map is fitted anew.
        key={map.services.map(({ id }) => id).join()}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={scheme === 'auto' ? 'system' : scheme}
        onNodeMouseEnter={(_, { id }) => setPointed(id)}
        onNodeMouseLeave={() => setPointed(undefined)}
        fitView
        fitViewOptions={{ minZoom: 0.8, maxZoom: 1, padding: 0.02, ...(first && { nodes: first }) }}
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
  )
}
