/** Items and, for each, what must come before it. */
export type Before = readonly (readonly number[])[]

/**
 * Puts items so that what must come before another does, and names the circles in which none can be first (Tarjan's
 * strongly connected components, walked with a stack of our own: chains are deeper than the call stack allows).
 */
export const inOrder = (before: Before): { order: Int32Array; circles: number[][] } => {
  const count = before.length
  const order = new Int32Array(count)
  const circles: number[][] = []
  const seenAs = new Int32Array(count)
  const low = new Int32Array(count)
  const next = new Int32Array(count)
  const open = new Uint8Array(count)
  const waiting: number[] = []
  const path: number[] = []
  let seen = 0
  let placed = 0

  const enter = (item: number) => {
    seenAs[item] = low[item] = ++seen
    open[item] = 1
    waiting.push(item)
    path.push(item)
  }
  const close = (item: number) => {
    const circle: number[] = []
    for (let last = waiting.pop(); last !== undefined; last = waiting.pop()) {
      open[last] = 0
      order[placed++] = last
      circle.push(last)
      if (last === item) break
    }
    if (circle.length > 1 || before[item]?.includes(item)) circles.push(circle.toSorted((a, b) => a - b))
  }

  for (let root = 0; root < count; root++) {
    if (seenAs[root]) continue
    enter(root)
    for (let item = path.at(-1); item !== undefined; item = path.at(-1)) {
      const other = before[item]?.[next[item] as number]
      next[item] = (next[item] as number) + 1
      if (other === undefined) {
        path.pop()
        const above = path.at(-1)
        if (above !== undefined) low[above] = Math.min(low[above] as number, low[item] as number)
        if (low[item] === seenAs[item]) close(item)
      } else if (!seenAs[other]) enter(other)
      else if (open[other]) low[item] = Math.min(low[item] as number, seenAs[other] as number)
    }
  }
  return { order, circles }
}
