type Span = { from: number; to: number }

/** For each span the first lane in which nothing lies under it; those at the same time lie under each other. */
export const lanesOf = (spans: readonly Span[]): number[] => {
  const ends: number[] = []
  const lanes = new Array<number>(spans.length).fill(0)
  const order = [...spans.keys()].sort((a, b) => (spans[a]?.from ?? 0) - (spans[b]?.from ?? 0))
  for (const index of order) {
    const span = spans[index] as Span
    const free = ends.findIndex((end) => end <= span.from)
    const lane = free < 0 ? ends.length : free
    ends[lane] = span.to
    lanes[index] = lane
  }
  return lanes
}
