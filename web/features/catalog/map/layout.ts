import { Graph, layout } from '@dagrejs/dagre'
import type { ServiceMap } from '../../../../contract/catalog/map.ts'

export const nodeSize = { width: 204, height: 46 }

/** Where each service stands: what the business names at the left, what that needs to the right of it. */
export const placesOf = ({
  services,
  edges,
}: Pick<ServiceMap, 'services' | 'edges'>): Map<string, { x: number; y: number }> => {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 12, ranksep: 64 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of services) graph.setNode(id, { ...nodeSize })
  for (const { from, to } of edges) graph.setEdge(from, to)
  layout(graph)
  // It answers with the middle of each, and pages place by the corner.
  return new Map(
    services.map(({ id }) => {
      const { x = 0, y = 0 } = graph.node(id) as { x?: number; y?: number }
      return [id, { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 }]
    }),
  )
}
