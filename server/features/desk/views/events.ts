import { z } from 'zod'
import { eventType } from '../../../platform/events.ts'

const view = z.object({ name: z.string(), filter: z.string(), team: z.string().nullable() })

export const viewSaved = eventType('view.saved', view, (d, who) =>
  d.team ? `${who} saved the view ${d.name} for ${d.team}.` : `${who} saved the view ${d.name}.`,
)
export const viewChanged = eventType(
  'view.changed',
  view.extend({ before: view }),
  (d, who) => `${who} changed the view ${d.before.name}${d.name === d.before.name ? '' : ` to ${d.name}`}.`,
)
export const viewDeleted = eventType('view.deleted', view, (d, who) => `${who} deleted the view ${d.name}.`)

export const viewEvents = [viewSaved, viewChanged, viewDeleted] as const
