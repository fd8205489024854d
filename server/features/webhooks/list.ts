import { z } from 'zod'
import { query } from '../../platform/query.ts'
import { selectWebhooks, showWebhook } from './rows.ts'

export const listWebhooks = query('webhook.list', {
  permission: 'webhook.read',
  input: z.object({}),
  async run(ctx) {
    void ctx.scope
    const rows = await selectWebhooks(ctx.db).orderBy('w.name').orderBy('w.id').execute()
    return { items: rows.map(showWebhook), next: null }
  },
})
