import { DAY, parseClock, parseWall, startAtWall, wallAt } from '../../platform/wall-clock.ts'

/** When business dates begin: by the clock on the wall of a zone. */
export type Dating = { zone: string; cut: string }

const cutMs = ({ cut }: Dating): number => parseClock(cut) ?? 0

/**
 * The business date of an instant (epoch milliseconds): what starts before the cut belongs to the date before. Of a cut in an
 * hour that the clock shows twice the first counts: what comes after it is of the new date, whatever the clock shows.
 */
export const businessDateOf = (ms: number, dating: Dating): string => {
  const cut = cutMs(dating)
  const day = Math.floor((wallAt(dating.zone, ms) - cut) / DAY)
  return textOf(startAtWall(dating.zone, (day + 1) * DAY + cut) <= ms ? day + 1 : day)
}

const texts = new Map<number, string>()
const MOST_TEXTS = 10_000

/** Thousands of runs are of a few hundred days. */
const textOf = (day: number): string => {
  const known = texts.get(day)
  if (known !== undefined) return known
  if (texts.size >= MOST_TEXTS) texts.clear()
  const text = Temporal.Instant.fromEpochMilliseconds(day * DAY)
    .toString()
    .slice(0, 10)
  texts.set(day, text)
  return text
}

const dayOf = (date: string): number => {
  const wall = parseWall(date)
  if (wall === null) throw new RangeError(`${date} is no date.`)
  return wall
}

/** When a business date begins, and the next one (epoch milliseconds). */
export const boundsOf = (date: string, dating: Dating): { from: number; to: number } => {
  const day = dayOf(date)
  return {
    from: startAtWall(dating.zone, day + cutMs(dating)),
    to: startAtWall(dating.zone, day + DAY + cutMs(dating)),
  }
}
