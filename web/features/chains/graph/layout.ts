import { Graph, layout } from '@dagrejs/dagre'
import type { Folded } from './fold.ts'

export const nodeSize = { width: 190, height: 44 }
const between = { columns: 54, rows: 12 }
/** Beyond this, the layout would take longer than a person waits; the levels are known anyway. */
const mostLaidOut = 600

/** Where each job stands: what is waited for at the left of what waits for it. */
export const placesOf = (graph: Folded): Map<string, { x: number; y: number }> =>
  graph.jobs.length > mostLaidOut ? byLevel(graph) : laidOut(graph)

const laidOut = ({ jobs, edges }: Folded) => {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: between.rows, ranksep: between.columns })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id } of jobs) graph.setNode(id, { ...nodeSize })
  for (const { from, to } of edges) graph.setEdge(from, to)
  layout(graph)
  return new Map(
    jobs.map(({ id }) => {
      const { x, y } = graph.node(id) as { x: number; y: number }
      return [id, { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 }] as const
    }),
  )
}

/** A column for each level, in which each job stands near those that it hangs on. */
const byLevel = ({ jobs, edges }: Folded) => {
  const before = Map.groupBy(edges, ({ to }) => to)
  const ys = new Map<string, number>()
  const places = new Map<string, { x: number; y: number }>()
  const columns = [...Map.groupBy(jobs, ({ level }) => level)].toSorted(([a], [b]) => a - b)
  const step = nodeSize.height + between.rows
  columns.forEach(([, column], index) => {
    const wanted = (id: string) => {
      const near = (before.get(id) ?? []).flatMap(({ from }) => ys.get(from) ?? [])
      return near.length === 0 ? 0 : near.reduce((sum, y) => sum + y, 0) / near.length
    }
    const sorted = column.map((job) => ({ id: job.id, y: wanted(job.id) })).toSorted((a, b) => a.y - b.y)
    const top = (-(sorted.length - 1) * step) / 2
    sorted.forEach(({ id }, row) => {
      const y = top + row * step
      ys.set(id, y)
      places.set(id, { x: index * (nodeSize.width + between.columns), y })
    })
  })
  return places
}
