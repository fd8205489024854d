/**
 * What an on-call schedule is made of. Hand-overs, restrictions and the versions of a rotation are read by the clock on
 * the wall of the schedule's zone; overrides are instants. Values are never changed in place.
 */

/**
 * When a restricted rotation covers: from `from` on each of the weekdays (1 Monday to 7 Sunday) until `to` (`HH:MM`,
 * `24:00` allowed). A `to` not later than `from` lies on the following day, so 22:00–06:00 on Friday ends on Saturday
 * and 09:00–09:00 is a whole day.
 */
export type Restriction = {
  readonly weekdays: readonly number[]
  readonly from: string
  readonly to: string
}

export type RotationKind = 'hourly' | 'daily' | 'weekly' | 'monthly'

/**
 * How a rotation runs: a turn takes `every` hours, days, weeks or months by the clock on the wall. One turn begins at
 * `startsAt` (local `YYYY-MM-DDTHH:MM`, may lie in the past or future) and is `participants[startPosition]`'s; the turns
 * before and after it follow from there, in the order of `participants`. Without participants nobody has a turn; a user
 * who is listed twice has two. Without restrictions it covers always, else the union of them.
 */
export type RotationPattern = {
  readonly kind: RotationKind
  readonly every: number
  readonly startsAt: string
  readonly participants: readonly string[]
  readonly startPosition: number
  readonly restrictions: readonly Restriction[]
}

/**
 * How a rotation runs from an instant on, until its next version. An edit never alters a version: it adds one (see
 * `reviseRotation`), so that who was on call stays what it was. `zone` is by whose clock it is read; without it, the
 * schedule's.
 */
export type RotationVersion = RotationPattern & { readonly effectiveFrom: Temporal.Instant; readonly zone?: string }

/**
 * One layer of a schedule. `versions` are in the order of `effectiveFrom`; before the first the rotation covers nothing,
 * nor from `effectiveUntil` on (null: no end). A rotation is retired by that date, not by removing it.
 */
export type Rotation = {
  readonly id: string
  readonly name: string
  readonly versions: readonly RotationVersion[]
  readonly effectiveUntil: Temporal.Instant | null
}

/**
 * From `from` until before `to`: `add` alone puts a user on call beside the others; `remove` alone takes a user off;
 * both put `add` in the place of `remove`, wherever `remove` would have been on call.
 */
export type Override = {
  readonly id: string
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
  readonly add: string | null
  readonly remove: string | null
}

/**
 * `layers`: the last lies on top; what it does not cover falls to the one below. `overrides` apply one after the other,
 * in this order (the order in which they were made), each to what the earlier ones left.
 */
export type Schedule = {
  readonly zone: string
  readonly layers: readonly Rotation[]
  readonly overrides: readonly Override[]
}

/** Why somebody is on call. `inPlaceOf` is the user whom a replacing override took off, else null. */
export type ShiftSource = {
  readonly kind: 'rotation' | 'override'
  readonly id: string
  readonly name: string
  readonly inPlaceOf: string | null
}

/** A user is on call from `from` until before `to`. */
export type Shift = {
  readonly userId: string
  readonly source: ShiftSource
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant
}
