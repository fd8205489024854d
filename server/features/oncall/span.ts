/** From `from` until before `to`, in epoch milliseconds. Lists of spans are in order and do not overlap. */
export type Span = { from: number; to: number }

/** Spans in any order, overlapping or touching, as a list: joined and in order. */
export function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else if (from < to) joined.push({ from, to })
  }
  return joined
}

/** The parts of `pieces` (in order of `from`) that lie within the list `spans`; each keeps what else it carries. */
export function within<P extends Span>(pieces: readonly P[], spans: readonly Span[]): P[] {
  const parts: P[] = []
  let first = 0
  for (const piece of pieces) {
    while (first < spans.length && (spans[first] as Span).to <= piece.from) first++
    for (let i = first; i < spans.length; i++) {
      const span = spans[i] as Span
      if (span.from >= piece.to) break
      parts.push({ ...piece, from: Math.max(piece.from, span.from), to: Math.min(piece.to, span.to) })
    }
  }
  return parts
}

/** What of the time from `from` until `to` the list `spans` leaves free. */
export function complement(spans: readonly Span[], from: number, to: number): Span[] {
  const free: Span[] = []
  let reached = from
  for (const span of spans) {
    if (span.from >= to) break
    if (span.from > reached) free.push({ from: reached, to: span.from })
    reached = Math.max(reached, span.to)
  }
  if (reached < to) free.push({ from: reached, to })
  return free
}
