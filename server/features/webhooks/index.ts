/**
 * Webhooks: what changes about deadlines and jobs is posted to addresses of others, signed as Standard Webhooks has it. Each
 * is a reader of the log with a place of its own: promises that it is told of every change since it was made, in their order,
 * at least once, and of nothing twice but where its answer was lost; and that one that does not answer holds up no other. Owns
 * the addresses and how far each has been told.
 */
import type { Feature } from '../../platform/registry-of-work.ts'
import { createWebhook } from './create.ts'
import { deleteWebhook } from './delete.ts'
import { deliverWebhook } from './deliver.ts'
import { webhookEvents } from './events.ts'
import { webhooksHealth } from './health.ts'
import { SEALED_WEBHOOK } from './rows.ts'
import { skipEvent } from './skip.ts'
import { startWatch } from './watch.ts'

export { webhooksRoutes } from './routes.ts'

export const webhooks: Feature = {
  name: 'webhooks',
  verbs: [createWebhook, deleteWebhook, skipEvent],
  effects: [deliverWebhook],
  events: webhookEvents,
  health: webhooksHealth,
  sealed: [{ table: 'webhooks', key: 'id', column: 'config', purpose: SEALED_WEBHOOK }],
  start: startWatch,
}
