import type { AnyRouter } from '@orpc/server'
import { webhooks } from '../../../contract/webhooks/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { createWebhook } from './create.ts'
import { deleteWebhook } from './delete.ts'
import { listWebhooks } from './list.ts'
import { skipEvent } from './skip.ts'

export const webhooksRoutes: AnyRouter = handlers(webhooks, {
  list: read(listWebhooks),
  create: act(createWebhook),
  delete: act(deleteWebhook),
  skip: act(skipEvent),
})
