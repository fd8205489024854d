import type { Rotation, RotationPattern } from './schedule-rules.ts'
import { positionOf, turnsOf } from './turns.ts'

/** The place in `next` of the one at `position` of `old`, or of the first after them who is still there; else 0. */
function positionAfter(old: readonly string[], position: number, next: readonly string[]): number {
  for (let step = 0; step < old.length; step++) {
    const userId = old[(position + step) % old.length]
    const places = [...next.keys()].filter((place) => next[place] === userId)
    const nearest = places.sort((a, b) => Math.abs(a - position) - Math.abs(b - position))[0]
    if (nearest !== undefined) return nearest
  }
  return 0
}

/**
 * The rotation with an edit that holds from `at` on; before `at` nothing changes. Whoever is on call at `at` stays on
 * until the end of the turn that then runs, and the order goes on from there; when they are no longer among the
 * participants, the next who is takes over at `at`, and when there was nobody, the first. Versions planned for `at` or
 * later are replaced. An edit before the rotation has begun leaves its beginning where it was. `zone` is by whose clock
 * the edit is read: a schedule that moves to another zone fixes its own in the versions it has.
 * Throws a RangeError for a malformed pattern and for a rotation without a version.
 */
export function reviseRotation(
  zone: string,
  rotation: Rotation,
  change: Partial<Omit<RotationPattern, 'startPosition'>>,
  at: Temporal.Instant,
): Rotation {
  const past = rotation.versions.filter(({ effectiveFrom }) => effectiveFrom.epochMilliseconds < at.epochMilliseconds)
  const current = past.at(-1)
  const [first] = rotation.versions
  if (first === undefined) throw new RangeError(`Rotation ${rotation.name} has no version to revise.`)
  const { zone: ofFirst, ...bare } = first
  if (current === undefined) return { ...rotation, versions: [{ ...bare, ...change, startPosition: 0 }] }

  const { zone: before = zone, ...pattern } = current
  const next = { ...pattern, ...change, startPosition: 0, effectiveFrom: at }
  const running = positionOf(current, turnsOf(before, current).at(at.epochMilliseconds))
  const position = positionAfter(current.participants, running, next.participants)
  const shifted = { ...next, startPosition: position }
  const startPosition = Math.max(0, positionOf(shifted, -turnsOf(zone, next).at(at.epochMilliseconds)))
  return { ...rotation, versions: [...past, { ...next, startPosition }] }
}
