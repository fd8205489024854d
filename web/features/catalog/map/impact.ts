import type { ServiceMap } from '../../../../contract/catalog/map.ts'

type Graph = Pick<ServiceMap, 'edges'>
type Unit = ServiceMap['services'][number]['units'][number]

/** All that can be reached from one, against the edges (what needs it) or along them (what it needs); not itself. */
const reached = ({ edges }: Graph, from: string, way: 'needing' | 'needed'): Set<string> => {
  const [here, there] = way === 'needing' ? (['to', 'from'] as const) : (['from', 'to'] as const)
  const next = Map.groupBy(edges, (edge) => edge[here])
  const waiting = [from]
  const seen = new Set(waiting)
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop())
    for (const edge of next.get(at) ?? []) {
      if (seen.has(edge[there])) continue
      seen.add(edge[there])
      waiting.push(edge[there])
    }
  seen.delete(from)
  return seen
}

/** By service, the broken ones that it needs, itself or through others; those that need no broken one are left out. */
export const hurtBy = (graph: Graph, broken: readonly string[]): Map<string, string[]> => {
  const hurt = new Map<string, string[]>()
  for (const cause of broken)
    for (const id of reached(graph, cause, 'needing')) hurt.set(id, [...(hurt.get(id) ?? []), cause])
  return hurt
}

/** A service with all that it needs and all that needs it. */
export const tiedTo = (graph: Graph, id: string): Set<string> =>
  new Set([id, ...reached(graph, id, 'needed'), ...reached(graph, id, 'needing')])

/** Where the trouble is: what is broken, all that this hurts, and what the broken ones need, where the cause may lie. */
export const troubled = (graph: Graph, broken: readonly string[]): Set<string> =>
  new Set([
    ...broken,
    ...hurtBy(graph, broken).keys(),
    ...graph.edges.filter(({ from }) => broken.includes(from)).map(({ to }) => to),
  ])

/** The part of a map that has these services. */
export const partOf = (map: ServiceMap, ids: ReadonlySet<string>): ServiceMap => ({
  ...map,
  services: map.services.filter(({ id }) => ids.has(id)),
  edges: map.edges.filter(({ from, to }) => ids.has(from) && ids.has(to)),
})

/** The business units of these services, each once, the largest first. */
export const unitsOf = (services: ServiceMap['services']): Unit[] => {
  const units = new Map(services.flatMap((s) => s.units.map((unit) => [unit.name, unit] as const)))
  return [...units.values()].toSorted((a, b) => (b.people ?? 0) - (a.people ?? 0) || a.name.localeCompare(b.name))
}
