import { addBeside, applyOverrides, stackLayers } from './override.ts'
import { joinTouching, type Piece, rotationPieces } from './rotation.ts'
import type { Schedule, Shift, ShiftSource } from './schedule-rules.ts'
import { complement, union } from './span.ts'

const DAY = 86_400_000
/** How far is looked for an edge or a hand-over, in widening steps so that the near ones cost little. */
const HORIZONS = [1, 8, 40, 400].map((days) => days * DAY)
const MAX_WINDOW = 5 * 366 * DAY

/** Somebody on call at an instant; `from` or `to` is null when the shift reaches further than 400 days that way. */
export type OnCall = {
  userId: string
  source: ShiftSource
  from: Temporal.Instant | null
  to: Temporal.Instant | null
}

/** `layers`: what each rotation by itself gives, in the schedule's order. `final`: who is really on call. */
export type RenderedSchedule = { layers: { id: string; name: string; shifts: Shift[] }[]; final: Shift[] }

/** At `at` the people on call change from `before` to `after` (user ids, sorted; empty: nobody). */
export type Handover = { at: Temporal.Instant; before: string[]; after: string[] }

function instant(epochMs: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(epochMs)
}

function toShift({ userId, source, from, to }: Piece): Shift {
  return { userId, source, from: instant(from), to: instant(to) }
}

function finalPieces({ overrides }: Schedule, own: Piece[][], from: number, to: number): Piece[] {
  const near = overrides.filter((each) => each.from.epochMilliseconds < to && each.to.epochMilliseconds > from)
  const changed = applyOverrides(own, near)
  return joinTouching(addBeside(stackLayers(changed.layers, from, to), changed.added, from, to))
}

function layerPieces({ zone, layers }: Schedule, from: number, to: number): Piece[][] {
  return layers.map((rotation) => rotationPieces(zone, rotation, from, to))
}

function piecesBetween(schedule: Schedule, from: number, to: number): Piece[] {
  return finalPieces(schedule, layerPieces(schedule, from, to), from, to)
}

function windowOf(from: Temporal.Instant, to: Temporal.Instant): [number, number] {
  const [start, end] = [from.epochMilliseconds, to.epochMilliseconds]
  if (end - start > MAX_WINDOW) throw new RangeError('A schedule is computed for at most five years at a time.')
  return [start, end]
}

function usersAt(pieces: readonly Piece[], at: number): string[] {
  return pieces
    .filter(({ from, to }) => from <= at && at < to)
    .map(({ userId }) => userId)
    .sort()
}

function isBeside({ source }: Piece): boolean {
  return source.kind === 'override' && source.inPlaceOf === null
}

/**
 * Who is on call at an instant, and why; empty: nobody. More than one only by overrides that add; those they add come
 * last, by user id. `from` and `to` are the whole shift's (the same user for the same reason without a break), not cut
 * at a window.
 */
export function onCallAt(schedule: Schedule, at: Temporal.Instant): OnCall[] {
  const ms = at.epochMilliseconds
  for (const reach of HORIZONS) {
    const [from, to] = [ms - reach, ms + reach]
    const now = piecesBetween(schedule, from, to)
      .filter((piece) => piece.from <= ms && ms < piece.to)
      .sort((a, b) => Number(isBeside(a)) - Number(isBeside(b)) || (a.userId < b.userId ? -1 : 1))
    const whole = now.every((piece) => piece.from > from && piece.to < to)
    if (!whole && reach !== HORIZONS.at(-1)) continue
    return now.map(({ userId, source, ...piece }) => ({
      userId,
      source,
      from: piece.from > from ? instant(piece.from) : null,
      to: piece.to < to ? instant(piece.to) : null,
    }))
  }
  return []
}

/**
 * All shifts from `from` until before `to`, cut at both ends: of each layer by itself, without overrides, and of the
 * final timeline, where higher layers cover lower ones and overrides apply. Shifts of the same user for the same reason
 * are one where they touch. Throws a RangeError for more than five years.
 */
export function renderShifts(schedule: Schedule, from: Temporal.Instant, to: Temporal.Instant): RenderedSchedule {
  const [start, end] = windowOf(from, to)
  const own = layerPieces(schedule, start, end)
  const layers = schedule.layers.map(({ id, name }, i) => ({ id, name, shifts: (own[i] ?? []).map(toShift) }))
  return { layers, final: finalPieces(schedule, own, start, end).map(toShift) }
}

/** When nobody is on call from `from` until before `to`, cut at both ends. Throws a RangeError over five years. */
export function gaps(
  schedule: Schedule,
  from: Temporal.Instant,
  to: Temporal.Instant,
): { from: Temporal.Instant; to: Temporal.Instant }[] {
  const [start, end] = windowOf(from, to)
  const free = complement(union(piecesBetween(schedule, start, end)), start, end)
  return free.map((gap) => ({ from: instant(gap.from), to: instant(gap.to) }))
}

/** The first change of the people on call after `after`; null when there is none in 400 days. */
export function nextHandover(schedule: Schedule, after: Temporal.Instant): Handover | null {
  const ms = after.epochMilliseconds
  for (const reach of HORIZONS) {
    const pieces = piecesBetween(schedule, ms, ms + reach)
    const before = usersAt(pieces, ms)
    const edges = new Set(pieces.flatMap(({ from, to }) => [from, to]).filter((edge) => edge < ms + reach))
    for (const edge of [...edges].sort((a, b) => a - b)) {
      const users = usersAt(pieces, edge)
      if (users.join('\n') !== before.join('\n')) return { at: instant(edge), before, after: users }
    }
  }
  return null
}
