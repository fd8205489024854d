import { DAY, endAtWall, parseClock, startAtWall, wallAt, weekdayOf } from '../../platform/wall-clock.ts'
import type { Restriction } from './schedule-rules.ts'
import { type Span, union } from './span.ts'

/** Milliseconds since local midnight; `to` is on the following day when it is not later than `from`. */
function clockSpan({ from, to }: Restriction): Span {
  const [start, end] = [parseClock(from), parseClock(to)]
  if (start === null || end === null)
    throw new RangeError(`A restriction holds a time that does not exist: ${from}–${to}.`)
  return { from: start, to: end <= start ? end + DAY : end }
}

/**
 * The time that restrictions leave a rotation, as a list that reaches at least from `from` until `to` (epoch
 * milliseconds) and is not cut at them. Where the clock changes, see `wall-clock.ts`.
 */
export function restrictedSpans(zone: string, restrictions: readonly Restriction[], from: number, to: number): Span[] {
  const spans: Span[] = []
  // Two days earlier, because a restriction may begin the day before and the clock may be put back over midnight.
  const firstDay = Math.floor(wallAt(zone, from) / DAY) - 2
  const lastDay = Math.floor(wallAt(zone, to) / DAY) + 1
  for (const restriction of restrictions) {
    const clock = clockSpan(restriction)
    for (let day = firstDay; day <= lastDay; day++) {
      if (!restriction.weekdays.includes(weekdayOf(day))) continue
      const midnight = day * DAY
      spans.push({ from: startAtWall(zone, midnight + clock.from), to: endAtWall(zone, midnight + clock.to) })
    }
  }
  return union(spans)
}
