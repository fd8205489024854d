import { z } from 'zod'
import { eventType } from '../../platform/events.ts'

const titled = z.object({ title: z.string() })

export const announcementMade = eventType('announcement.made', titled, (d, who) => `${who} announced: ${d.title}`)
export const announcementEnded = eventType(
  'announcement.ended',
  titled,
  (d, who) => `${who} ended the announcement ${d.title}.`,
)
export const announcementRestored = eventType(
  'announcement.restored',
  titled,
  (d, who) => `${who} put the announcement ${d.title} up again.`,
)
