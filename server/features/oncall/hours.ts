import { restrictedSpans } from './restriction.ts'
import { versionSpans } from './rotation.ts'
import type { Schedule } from './schedule-rules.ts'
import { complement, type Span, union, within } from './span.ts'
import { gaps } from './timeline.ts'

/** `outsideHours`: no layer means to have somebody then, so it is how the schedule was made and not an accident. */
export type Gap = { from: Temporal.Instant; to: Temporal.Instant; outsideHours: boolean }

/** When the layers mean to have somebody on call, whether or not they have anybody to put there. */
function hoursOf({ zone, layers }: Schedule, from: number, to: number): Span[] {
  return union(
    layers.flatMap((rotation) =>
      versionSpans(rotation, from, to).flatMap(({ version, ...span }) =>
        version.restrictions.length === 0
          ? [span]
          : within([span], restrictedSpans(version.zone ?? zone, version.restrictions, span.from, span.to)),
      ),
    ),
  )
}

/**
 * When nobody is on call from `from` until before `to`, cut at both ends and where the hours of the schedule begin or
 * end. The time before its first layer began is no gap. Throws a RangeError over five years.
 */
export function gapsByHours(schedule: Schedule, from: Temporal.Instant, to: Temporal.Instant): Gap[] {
  const hours = hoursOf(schedule, from.epochMilliseconds, to.epochMilliseconds)
  const began = Math.min(...schedule.layers.map((l) => l.versions[0]?.effectiveFrom.epochMilliseconds ?? Infinity))
  return gaps(schedule, from, to).flatMap((gap) => {
    const span = { from: Math.max(gap.from.epochMilliseconds, began), to: gap.to.epochMilliseconds }
    if (span.from >= span.to) return []
    const meant = within([span], hours).map((s) => ({ ...s, outsideHours: false }))
    const rest = complement(meant, span.from, span.to).map((s) => ({ ...s, outsideHours: true }))
    return [...meant, ...rest].sort((a, b) => a.from - b.from).map(toGap)
  })
}

function toGap({ from, to, outsideHours }: Span & { outsideHours: boolean }): Gap {
  return {
    from: Temporal.Instant.fromEpochMilliseconds(from),
    to: Temporal.Instant.fromEpochMilliseconds(to),
    outsideHours,
  }
}
