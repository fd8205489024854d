import type { TimelineEvent } from '../../../contract/base.ts'

/** What is shown, or what stands behind a line that says how much it is. */
export type Part = { event: TimelineEvent } | { folded: readonly TimelineEvent[] }

/** Shown of a row of lines of one kind before the rest is folded. */
const shown = 4
/** Fewer are no burden. */
const worthIt = 4

/** Of what there may be many in one go: alerts, and mails that were sent. One that failed is always shown. */
export const kindOf = ({ type }: TimelineEvent): 'alert' | 'told' | undefined => {
  if (type.startsWith('alert.')) return 'alert'
  return type === 'delivery.sent' ? 'told' : undefined
}

/**
 * In a storm hundreds of alerts join an incident, and each reply is sent to everybody who watches: those lines must not
 * hide what people did. Oldest first, as given.
 */
export const fold = (events: readonly TimelineEvent[]): Part[] => {
  const parts: Part[] = []
  for (let at = 0; at < events.length; ) {
    let end = at
    const kind = kindOf(events[at] as TimelineEvent)
    while (kind && end < events.length && kindOf(events[end] as TimelineEvent) === kind) end++
    const row = events.slice(at, Math.max(end, at + 1))
    at += row.length
    if (row.length < shown + worthIt) parts.push(...row.map((event) => ({ event })))
    else parts.push(...row.slice(0, shown).map((event) => ({ event })), { folded: row.slice(shown) })
  }
  return parts
}
