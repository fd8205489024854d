import type { Piece } from './rotation.ts'
import type { Override, ShiftSource } from './schedule-rules.ts'
import { complement, type Span, union, within } from './span.ts'

function takeOff(
  pieces: readonly Piece[],
  userId: string,
  span: Span,
  source: ShiftSource,
  add: string | null,
): Piece[] {
  return pieces.flatMap((piece) => {
    if (piece.userId !== userId || piece.to <= span.from || piece.from >= span.to) return piece
    const rest = complement([span], piece.from, piece.to).map((free) => ({ ...piece, ...free }))
    if (add === null) return rest
    const taken = { from: Math.max(piece.from, span.from), to: Math.min(piece.to, span.to), userId: add, source }
    return [...rest, taken].sort((a, b) => a.from - b.from)
  })
}

/**
 * Applies overrides, in their order, to the pieces of each layer. Somebody taken off a layer leaves it uncovered there,
 * so the layer below takes over; an override made later also moves whom an earlier one put there. `added` are those who
 * come in beside the layers.
 */
export function applyOverrides(
  layers: readonly (readonly Piece[])[],
  overrides: readonly Override[],
): { layers: (readonly Piece[])[]; added: Piece[] } {
  let left = [...layers]
  let added: Piece[] = []
  for (const { id, from, to, add, remove } of overrides) {
    const span = { from: from.epochMilliseconds, to: to.epochMilliseconds }
    if (span.from >= span.to) continue
    const source: ShiftSource = { kind: 'override', id, name: 'Override', inPlaceOf: add === null ? null : remove }
    if (remove !== null) {
      left = left.map((pieces) => takeOff(pieces, remove, span, source, add))
      added = takeOff(added, remove, span, source, add)
    } else if (add !== null) added.push({ userId: add, source, ...span })
  }
  return { layers: left, added }
}

/** Lays the layers over each other, the last on top: each piece only where no higher layer covers. In order. */
export function stackLayers(layers: readonly (readonly Piece[])[], from: number, to: number): Piece[] {
  let covered: Span[] = []
  const seen: Piece[] = []
  for (const pieces of layers.toReversed()) {
    seen.push(...within(pieces, complement(covered, from, to)))
    covered = union([...covered, ...pieces])
  }
  return seen.sort((a, b) => a.from - b.from)
}

/** Puts those who come in by override beside the others, each only while not on call already. In order of `from`. */
export function addBeside(pieces: readonly Piece[], added: readonly Piece[], from: number, to: number): Piece[] {
  const all = [...pieces]
  for (const piece of added) {
    const already = union(all.filter(({ userId }) => userId === piece.userId))
    all.push(...within([piece], complement(already, from, to)))
  }
  return all.sort((a, b) => a.from - b.from || a.to - b.to)
}
