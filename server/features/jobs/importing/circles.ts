/** The strongly connected parts of a graph that hold a circle, after Tarjan, without calling itself: chains are long. */
export const circles = (edges: readonly (readonly number[])[]): number[][] => {
  const order = new Int32Array(edges.length)
  const low = new Int32Array(edges.length)
  const next = new Int32Array(edges.length)
  const isOpen = new Uint8Array(edges.length)
  const open: number[] = []
  const found: number[][] = []
  let count = 0
  for (let root = 0; root < edges.length; root++) {
    if (order[root]) continue
    const path = [root]
    for (let point = path.at(-1); point !== undefined; point = path.at(-1)) {
      if (!order[point]) {
        order[point] = low[point] = ++count
        open.push(point)
        isOpen[point] = 1
      }
      const to = edges[point]?.[next[point] ?? 0]
      if (to !== undefined) {
        next[point] = (next[point] ?? 0) + 1
        if (!order[to]) path.push(to)
        else if (isOpen[to]) low[point] = Math.min(low[point] ?? 0, order[to] ?? 0)
        continue
      }
      path.pop()
      const before = path.at(-1)
      if (before !== undefined) low[before] = Math.min(low[before] ?? 0, low[point] ?? 0)
      if (low[point] !== order[point]) continue
      const part = open.splice(open.lastIndexOf(point))
      for (const one of part) isOpen[one] = 0
      if (part.length > 1 || edges[point]?.includes(point)) found.push(part)
    }
  }
  return found
}
