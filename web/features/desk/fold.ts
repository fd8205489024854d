import type { TimelineEvent } from '../../../contract/base.ts'

/** What lines are about that come in rows: alerts of a storm, and those who call about the same. */
export type About = 'alerts' | 'callers'
/** What is shown, or what stands behind a line that says how much it is. */
export type Part = { event: TimelineEvent } | { folded: readonly TimelineEvent[]; about: About }

/** Shown of a row of such lines before the rest is folded. */
const shown = 4
/** Fewer are no burden. */
const worthIt = 4

const ofCallers = ['ticket.linked', 'ticket.merged', 'ticket.caller_added', 'ticket.affected']

const aboutOf = (event: TimelineEvent | undefined): About | undefined =>
  event?.type.startsWith('alert.') ? 'alerts' : event && ofCallers.includes(event.type) ? 'callers' : undefined

/**
 * In a storm hundreds of alerts join an incident, and dozens of people call: their lines must not hide what was done.
 * Oldest first, as given.
 */
export const fold = (events: readonly TimelineEvent[]): Part[] => {
  const parts: Part[] = []
  for (let at = 0; at < events.length; ) {
    const about = aboutOf(events[at])
    let end = at + 1
    while (about && end < events.length && aboutOf(events[end]) === about) end++
    const row = events.slice(at, end)
    at = end
    if (!about || row.length < shown + worthIt) parts.push(...row.map((event) => ({ event })))
    else parts.push(...row.slice(0, shown).map((event) => ({ event })), { folded: row.slice(shown), about })
  }
  return parts
}
