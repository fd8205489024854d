import { Graph, layout } from '@dagrejs/dagre'
import type { ServiceMap } from '../../../../contract/catalog/map.ts'

export const nodeSize = { width: 162, height: 30 }
const between = { columns: 26, rows: 11 }
const step = nodeSize.height + between.rows

type Given = Pick<ServiceMap, 'services' | 'edges'>

/** As near as may be to where each is wanted, in the same order, a step apart and none lower than the last row. */
const settled = (wanted: readonly number[], rows: number): number[] => {
  const ys: number[] = []
  for (const y of wanted) ys.push(Math.max(y, (ys.at(-1) ?? -step) + step))
  let limit = (rows - 1) * step
  return ys
    .toReversed()
    .map((y) => {
      const at = Math.min(y, limit)
      limit = at - step
      return at
    })
    .toReversed()
}

/**
 * Where each service stands: in columns, what the business names at the left and what that needs to its right. Dagre
 * says which column and in which order; it also leaves lanes for the lines, in which a map of forty would be too small
 * to read, so the rows are moved together.
 */
export const placesOf = ({ services, edges }: Given): Map<string, { x: number; y: number }> => {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: between.rows, ranksep: between.columns })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of services) graph.setNode(id, { ...nodeSize })
  for (const { from, to } of edges) graph.setEdge(from, to)
  layout(graph)
  const { height = 1 } = graph.graph() as { height?: number }
  const laid = services.map(({ id }) => ({ id, ...(graph.node(id) as { x: number; y: number }) }))
  const columns = [...Map.groupBy(laid, ({ x }) => Math.round(x)).entries()].toSorted(([a], [b]) => a - b)
  const rows = Math.max(0, ...columns.map(([, column]) => column.length))
  const scale = ((rows - 1) * step) / Math.max(1, height - nodeSize.height)
  return new Map(
    columns.flatMap(([, column], index) => {
      const sorted = column.toSorted((a, b) => a.y - b.y)
      const ys = settled(
        sorted.map(({ y }) => (y - nodeSize.height / 2) * scale),
        rows,
      )
      return sorted.map(
        ({ id }, row) => [id, { x: index * (nodeSize.width + between.columns), y: ys[row] ?? 0 }] as const,
      )
    }),
  )
}
