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
  (d, actor) => `${actor} changed the calendar ${d.name} (${Object.keys(d.after).map(words).join(', ')}).`,
)

const fieldWords: Record<string, string> = {
  weekly: 'weekly hours',
  exceptions: 'holidays and half days',
  validThrough: 'how far it is known',
  provenance: 'where it comes from',
}
const words = (field: string) => fieldWords[field] ?? field
