export type Edge = { from: string; to: string }

/** The shortest way along the edges from one thing to another, both ends included, or null when there is none. */
export const findPath = (edges: readonly Edge[], from: string, to: string): string[] | null => {
  const next = Map.groupBy(edges, (e) => e.from)
  const cameFrom = new Map<string, string | null>([[from, null]])
  const queue = [from]
  for (const at of queue) {
    if (at === to) return trace(cameFrom, to)
    for (const edge of next.get(at) ?? []) {
      if (cameFrom.has(edge.to)) continue
      cameFrom.set(edge.to, at)
      queue.push(edge.to)
    }
  }
  return null
}

const trace = (cameFrom: ReadonlyMap<string, string | null>, end: string): string[] => {
  const path: string[] = []
  for (let at: string | null = end; at !== null; at = cameFrom.get(at) ?? null) path.unshift(at)
  return path
}

/**
 * The circle that a new edge would close, as the way round from its start back to it; null when it closes none.
 */
export const circleThrough = (edges: readonly Edge[], added: Edge): string[] | null => {
  const back = findPath(edges, added.to, added.from)
  return back ? [added.from, ...back] : null
}
