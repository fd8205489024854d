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
