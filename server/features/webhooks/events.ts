import { z } from 'zod'
import { eventType } from '../../platform/events.ts'

const webhook = z.object({ name: z.string(), host: z.string(), about: z.array(z.string()) })

export const webhookCreated = eventType(
  'webhook.created',
  webhook,
  (d, actor) => `${actor} has changes of ${d.about.join('s and ')}s posted to ${d.host} (${d.name}).`,
)
export const webhookDeleted = eventType(
  'webhook.deleted',
  webhook,
  (d, actor) => `${actor} has nothing more posted to ${d.host} (${d.name}).`,
)

export const webhookSkipped = eventType(
  'webhook.skipped',
  webhook.extend({ type: z.string(), event: z.string(), text: z.string() }),
  (d, actor) => `${actor} has ${d.name} go on behind what ${d.host} refused: ${d.text}`,
)

export const webhookEvents = [webhookCreated, webhookDeleted, webhookSkipped]
