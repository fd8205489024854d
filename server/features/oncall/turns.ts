import { DAY, parseWall, startAtWall, wallAt } from '../../platform/wall-clock.ts'
import type { RotationKind, RotationPattern } from './schedule-rules.ts'
import type { Span } from './span.ts'

const HOUR = 3_600_000
const UNIT: Record<Exclude<RotationKind, 'monthly'>, number> = { hourly: HOUR, daily: DAY, weekly: 7 * DAY }

/**
 * The turns of a rotation, numbered by their distance from the one that begins at `startsAt` (0; earlier ones are
 * negative). Every hand-over is computed from `startsAt` by the clock on the wall, never from the hand-over before it:
 * - 24 hourly, 1 daily: the same; a turn over a change of the clock is an hour longer or shorter;
 * - a hand-over that the clock skips is at the first instant after the gap, one that it shows twice is at the first
 *   showing, and the longer hour belongs to the turn that runs. An hourly turn that the clock skips whole is left out
 *   that day, so that everybody keeps their hours;
 * - monthly from the 31st is the last day of shorter months and the 31st again in the longer ones.
 */
export type Turns = {
  /** The number of the turn that runs at an instant (epoch milliseconds). */
  at(epochMs: number): number
  /** From when until when (epoch milliseconds) a turn runs; of no length when the clock skips it whole. */
  span(turn: number): Span
}

function monthsBetween(start: Temporal.PlainDateTime, wall: number): number {
  const shown = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC')
  return (shown.year - start.year) * 12 + shown.month - start.month
}

/** Throws a RangeError for a pattern that `validateSchedule` would refuse as malformed. */
export function turnsOf(zone: string, { kind, every, startsAt }: RotationPattern): Turns {
  const anchor = parseWall(startsAt)
  if (anchor === null) throw new RangeError(`The start of a rotation is not a date and time: ${startsAt}.`)
  if (!Number.isInteger(every) || every < 1) throw new RangeError(`A turn takes 1 or more units, not ${every}.`)
  const start = Temporal.PlainDateTime.from(startsAt)
  const unit = kind === 'monthly' ? 0 : UNIT[kind] * every

  const beginning = (turn: number): number => {
    if (kind !== 'monthly') return startAtWall(zone, anchor + turn * unit)
    const local = start.add({ months: turn * every }, { overflow: 'constrain' })
    return startAtWall(zone, local.toZonedDateTime('UTC').epochMilliseconds)
  }
  const at = (epochMs: number): number => {
    const wall = wallAt(zone, epochMs)
    // The clock may show less than it did before (put back), so the guess can be a turn or more off.
    let turn = Math.floor(kind === 'monthly' ? monthsBetween(start, wall) / every : (wall - anchor) / unit)
    while (beginning(turn) > epochMs) turn--
    while (beginning(turn + 1) <= epochMs) turn++
    return turn
  }
  return { at, span: (turn) => ({ from: beginning(turn), to: beginning(turn + 1) }) }
}

/** Whose turn it is, as a position in `participants`; -1 when there are none. */
export function positionOf({ participants, startPosition }: RotationPattern, turn: number): number {
  const size = participants.length
  return size === 0 ? -1 : (((startPosition + turn) % size) + size) % size
}
