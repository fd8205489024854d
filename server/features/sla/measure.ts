import { earlier, type Instant, isBefore } from '../../platform/clock.ts'
import { addBusiness, businessElapsed, type CalendarRules } from '../calendars/index.ts'
import type { Pause } from './history.ts'

type Span = { from: Instant; to: Instant | null }
type Stretch = { start: Instant; pauses: readonly Pause[] }

/** What is left of the time since `start` without the pauses, which are a union: overlapping ones count once. */
export const activeSpans = ({ start, pauses }: Stretch, until: Instant | null): Span[] => {
  const spans: Span[] = []
  let from: Instant | null = start
  const open = (to: Instant | null) => {
    if (from === null || (until && !isBefore(from, until))) return
    const end = to && until ? earlier(to, until) : (to ?? until)
    if (end === null || isBefore(from, end)) spans.push({ from, to: end })
  }
  for (const pause of pauses.toSorted((a, b) => Temporal.Instant.compare(a.from, b.from))) {
    if (from === null) break
    if (isBefore(from, pause.from)) open(pause.from)
    if (pause.to === null) from = null
    else if (isBefore(from, pause.to)) from = pause.to
  }
  open(null)
  return spans
}

/** Open time that has passed, in milliseconds, between the start and `until`. */
export const elapsedMs = (rules: CalendarRules, stretch: Stretch, until: Instant): number =>
  activeSpans(stretch, until).reduce((sum, s) => sum + businessElapsed(rules, s.from, s.to ?? until), 0)

/** `standing`: the pause has no end yet, so that nobody knows when. */
export type Reached =
  | { kind: 'at'; at: Instant; known: boolean }
  | { kind: 'standing' }
  | { kind: 'never'; reason: string }

/** The first instant at which so much open time has passed. */
export const reaches = (rules: CalendarRules, stretch: Stretch, ms: number): Reached => {
  let left = ms
  for (const span of activeSpans(stretch, null)) {
    const has = span.to === null ? null : businessElapsed(rules, span.from, span.to)
    if (has === null || has >= left) return addBusiness(rules, span.from, left)
    left -= has
  }
  return { kind: 'standing' }
}
