import '@xyflow/react/dist/style.css'
import { useMantineColorScheme } from '@mantine/core'
import { Background, Controls, type Edge, MarkerType, ReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import type { Folded } from './fold.ts'
import styles from './graph.module.css'
import { JobNode, type JobNodeType } from './JobNode.tsx'
import { nodeSize, placesOf } from './layout.ts'

const nodeTypes = { job: JobNode }
/** More than this is not fitted into the picture: one could not read it. */
const fitting = 50

type Props = { graph: Folded; middle: string; onFold: (box: string) => void }

/** The jobs around one, from left to right in the order in which they run. */
export function Drawn({ graph, middle, onFold }: Props) {
  const scheme = useMantineColorScheme().colorScheme
  const places = useMemo(() => placesOf(graph), [graph])
  const nodes: JobNodeType[] = graph.jobs.map((job) => ({
    id: job.id,
    type: 'job',
    zIndex: 2,
    position: places.get(job.id) ?? { x: 0, y: 0 },
    ...nodeSize,
    data: { job, isMiddle: job.id === middle, onFold },
  }))
  const edges: Edge[] = graph.edges.map(({ from, to, mutex, drawn }) => ({
    id: `${from} ${to}`,
    source: from,
    target: to,
    className: drawn ? styles.drawn : mutex ? styles.mutex : '',
    ...(drawn && { label: 'drawn' }),
    ...(!mutex && { markerEnd: { type: MarkerType.ArrowClosed, color: 'var(--line-strong)' } }),
  }))
  const near = graph.jobs.filter(({ level }) => Math.abs(level) <= 1).slice(0, fitting)
  return (
    <div className={styles.map}>
      <ReactFlow
        // Another part of the graph is fitted anew.
        key={`${middle} ${graph.jobs.length}`}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={scheme === 'auto' ? 'system' : scheme}
        fitView
        fitViewOptions={{
          minZoom: 0.8,
          maxZoom: 1,
          padding: 0.04,
          ...(graph.jobs.length > fitting && { nodes: near.map(({ id }) => ({ id })) }),
        }}
        minZoom={0.05}
        maxZoom={1.5}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        onlyRenderVisibleElements={graph.jobs.length > 100}
      >
        <Background />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  )
}
