import { restrictedSpans } from './restriction.ts'
import type { Rotation, RotationVersion, ShiftSource } from './schedule-rules.ts'
import { type Span, within } from './span.ts'
import { positionOf, turnsOf } from './turns.ts'

/** A user on call, in epoch milliseconds: a shift for the arithmetic. */
export type Piece = Span & { userId: string; source: ShiftSource }

/** Joins pieces (in order of `from`) that touch and are the same user's for the same reason. */
export function joinTouching(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = []
  const lastOf = new Map<string, Piece>()
  for (const piece of pieces) {
    const { kind, id, inPlaceOf } = piece.source
    const key = JSON.stringify([piece.userId, kind, id, inPlaceOf])
    const last = lastOf.get(key)
    if (last?.to === piece.from) last.to = piece.to
    else {
      const copy = { ...piece }
      joined.push(copy)
      lastOf.set(key, copy)
    }
  }
  return joined
}

function versionPieces(
  ofSchedule: string,
  version: RotationVersion,
  source: ShiftSource,
  from: number,
  to: number,
): Piece[] {
  const { participants, restrictions, zone = ofSchedule } = version
  const [only] = participants
  if (only === undefined) return []
  const pieces: Piece[] = []
  if (participants.every((userId) => userId === only)) pieces.push({ userId: only, source, from, to })
  else {
    const turns = turnsOf(zone, version)
    let turn = turns.at(from)
    for (let reached = from; reached < to; turn++) {
      const end = Math.min(to, turns.span(turn).to)
      const userId = participants[positionOf(version, turn)] as string
      if (reached < end) pieces.push({ userId, source, from: reached, to: end })
      reached = Math.max(reached, end)
    }
  }
  return restrictions.length === 0 ? pieces : within(pieces, restrictedSpans(zone, restrictions, from, to))
}

/** Which version of a rotation is in effect when, from `from` until before `to` (epoch milliseconds); none empty. */
export function versionSpans(rotation: Rotation, from: number, to: number): (Span & { version: RotationVersion })[] {
  const until = Math.min(to, rotation.effectiveUntil?.epochMilliseconds ?? to)
  return rotation.versions.flatMap((version, i) => {
    const next = rotation.versions[i + 1]?.effectiveFrom.epochMilliseconds ?? until
    const span = { from: Math.max(from, version.effectiveFrom.epochMilliseconds), to: Math.min(until, next) }
    return span.from < span.to ? [{ ...span, version }] : []
  })
}

/**
 * Who a rotation by itself puts on call from `from` until before `to` (epoch milliseconds): in order, cut at both ends,
 * nobody twice at a time, pieces of the same user joined where they touch.
 */
export function rotationPieces(zone: string, rotation: Rotation, from: number, to: number): Piece[] {
  const source: ShiftSource = { kind: 'rotation', id: rotation.id, name: rotation.name, inPlaceOf: null }
  const pieces = versionSpans(rotation, from, to).flatMap(({ version, from, to }) =>
    versionPieces(zone, version, source, from, to),
  )
  return joinTouching(pieces)
}
