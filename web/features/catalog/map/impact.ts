import type { ServiceMap } from '../../../../contract/catalog/map.ts'

type Graph = Pick<ServiceMap, 'edges'>

/** By service, the broken ones that it needs, itself or through others; those that need no broken one are left out. */
export const hurtBy = ({ edges }: Graph, broken: readonly string[]): Map<string, string[]> => {
  const above = Map.groupBy(edges, (edge) => edge.to)
  const hurt = new Map<string, string[]>()
  for (const cause of broken) {
    const waiting = [cause]
    const seen = new Set(waiting)
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      for (const { from } of above.get(next) ?? []) {
        if (seen.has(from)) continue
        seen.add(from)
        waiting.push(from)
        hurt.set(from, [...(hurt.get(from) ?? []), cause])
      }
  }
  return hurt
}

/** The business units of these services, each once, by name. */
export const unitsOf = (services: ServiceMap['services']): { name: string; people: number | null }[] => {
  const units = new Map(services.flatMap((s) => s.units.map((unit) => [unit.name, unit] as const)))
  return [...units.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}
