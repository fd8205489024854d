import { z } from 'zod'
import { eventType } from '../../platform/events.ts'

const rules = z.object({
  name: z.string(),
  zone: z.string(),
  weekly: z.unknown(),
  exceptions: z.unknown(),
  validThrough: z.string().nullable(),
  provenance: z.string(),
})

export const calendarCreated = eventType(
  'calendar.created',
  rules.extend({ kind: z.string() }),
  (d, actor) => `${actor} added the ${d.kind} calendar ${d.name}.`,
)

/** Only the fields that changed stand in `before` and `after`. */
export const calendarChanged = eventType(
  'calendar.changed',
  z.object({ name: z.string(), before: rules.partial(), after: rules.partial() }),
  (d, actor) => {
    const what = Object.keys(d.after).map((field) => (field === 'exceptions' ? daysWords(d) : words(field)))
    return `${actor} changed the calendar ${d.name} (${what.join(', ')}).`
  },
)

const datesOf = (exceptions: unknown): string[] =>
  (exceptions as { date: string }[] | undefined)?.map((e) => e.date) ?? []
const daysWords = ({ before, after }: { before: { exceptions?: unknown }; after: { exceptions?: unknown } }) => {
  const [old, now] = [new Set(datesOf(before.exceptions)), new Set(datesOf(after.exceptions))]
  const [added, gone] = [now.difference(old).size, old.difference(now).size]
  const counts = [added > 0 && `${added} added`, gone > 0 && `${gone} taken out`].filter(Boolean)
  return counts.length > 0 ? `holidays and half days: ${counts.join(', ')}` : 'holidays and half days'
}

const fieldWords: Record<string, string> = {
  weekly: 'weekly hours',
  validThrough: 'how far it is known',
  provenance: 'where it comes from',
}
const words = (field: string) => fieldWords[field] ?? field

/** Of an address only its host is said: that of a private calendar is its secret. */
const feed = z.object({ name: z.string(), host: z.string() })
const days = (count: number) => (count === 1 ? '1 day' : `${count} days`)

export const feedFollowed = eventType(
  'calendar.feed_followed',
  feed,
  (d, who) => `${who} has the holidays of ${d.name} read from ${d.host} each day.`,
)
export const feedLeft = eventType(
  'calendar.feed_left',
  feed,
  (d, who) => `${who} has the holidays of ${d.name} no more read from ${d.host}.`,
)
export const feedFailed = eventType(
  'calendar.feed_failed',
  feed.extend({ problem: z.string() }),
  (d) => `The holidays of ${d.name} cannot be read from ${d.host}: ${d.problem}. What was read before stays.`,
  'warn',
)
export const feedRecovered = eventType(
  'calendar.feed_recovered',
  feed,
  (d) => `The holidays of ${d.name} can be read from ${d.host} again.`,
)
export const feedChanged = eventType(
  'calendar.feed_changed',
  feed.extend({ waiting: z.number() }),
  (d) => `The feed of holidays of ${d.name} from ${d.host} has ${days(d.waiting)} about which nobody has decided.`,
)
export const feedDecided = eventType(
  'calendar.feed_decided',
  feed.extend({ added: z.number(), removed: z.number(), left: z.number() }),
  (d, who) =>
    `${who} decided about the holidays of ${d.name} from ${d.host}: ${days(d.added)} added, ${d.removed} taken out, ${d.left} left.`,
)
export const feedEvents = [feedFollowed, feedLeft, feedFailed, feedRecovered, feedChanged, feedDecided]
