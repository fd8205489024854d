import type { TimelineEvent } from '../../../contract/base.ts'

/** What is shown, or what stands behind a line that says how much it is. */
export type Part = { event: TimelineEvent } | { folded: readonly TimelineEvent[] }

/** Shown of a row of lines about alerts before the rest is folded. */
const shown = 4
/** Fewer are no burden. */
const worthIt = 4

const isAlert = ({ type }: TimelineEvent) => type.startsWith('alert.')

/** In a storm hundreds of alerts join an incident: their lines must not hide what people did. Oldest first, as given. */
export const fold = (events: readonly TimelineEvent[]): Part[] => {
  const parts: Part[] = []
  for (let at = 0; at < events.length; ) {
    let end = at
    while (end < events.length && isAlert(events[end] as TimelineEvent)) end++
    const row = events.slice(at, Math.max(end, at + 1))
    at += row.length
    if (row.length < shown + worthIt) parts.push(...row.map((event) => ({ event })))
    else parts.push(...row.slice(0, shown).map((event) => ({ event })), { folded: row.slice(shown) })
  }
  return parts
}
