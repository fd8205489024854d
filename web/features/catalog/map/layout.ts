import { Graph, layout } from '@dagrejs/dagre'
import type { ServiceMap } from '../../../../contract/catalog/map.ts'

export const nodeSize = { width: 172, height: 46 }

type Given = Pick<ServiceMap, 'services' | 'edges'>
type Laid = { size: number; places: Map<string, { x: number; y: number }> }

/** The shape of the panel on a usual screen: what fits it is drawn largest. */
const [wide, high] = [900, 700]

const laid = ({ services, edges }: Given, rankdir: 'TB' | 'LR'): Laid => {
  const graph = new Graph()
  graph.setGraph({ rankdir, nodesep: 12, ranksep: rankdir === 'TB' ? 52 : 64 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of services) graph.setNode(id, { ...nodeSize })
  for (const { from, to } of edges) graph.setEdge(from, to)
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  // It answers with the middle of each, and pages place by the corner.
  const places = services.map(({ id }) => {
    const { x = 0, y = 0 } = graph.node(id) as { x?: number; y?: number }
    return [id, { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 }] as const
  })
  return { size: Math.max(width / wide, height / high), places: new Map(places) }
}

/** Where each service stands: what the business names first, what that needs below it, or to its right if more fits so. */
export const placesOf = (map: Given): { places: Laid['places']; down: boolean } => {
  const [down, right] = [laid(map, 'TB'), laid(map, 'LR')]
  return down.size <= right.size ? { places: down.places, down: true } : { places: right.places, down: false }
}
